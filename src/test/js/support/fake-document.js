// As much of a document as Preact needs, which counts what is done to it.
export class FakeNode {
  childNodes = [];
  attributes = [];
  parentNode = null;
  style = {};

  constructor(document, name, text) {
    this.ownerDocument = document;
    this.localName = name;
    this.nodeType = name === '#text' ? 3 : 1;
    this.text = text;
  }

  get data() {
    return this.text;
  }

  set data(text) {
    this.ownerDocument.count(this, text.length);
    this.text = text;
  }

  get firstChild() {
    return this.childNodes[0] ?? null;
  }

  get nextSibling() {
    return this.parentNode?.childNodes[this.place + 1] ?? null;
  }

  get place() {
    const { childNodes } = this.parentNode;
    return childNodes[childNodes.length - 1] === this ? childNodes.length - 1 : childNodes.indexOf(this);
  }

  insertBefore(node, next) {
    this.ownerDocument.count(node, node.text?.length ?? 1);
    node.parentNode?.removeChild(node);
    this.childNodes.splice(next ? next.place : this.childNodes.length, 0, node);
    node.parentNode = this;
    return node;
  }

  appendChild(node) {
    return this.insertBefore(node, null);
  }

  removeChild(node) {
    this.ownerDocument.count(node, 1);
    this.childNodes.splice(node.place, 1);
    node.parentNode = null;
  }

  remove() {
    this.parentNode?.removeChild(this);
  }

  contains() {
    return true;
  }

  setAttribute(name, value) {
    this.ownerDocument.count(this, 1);
    this.removeAttribute(name);
    this.attributes.push({ name, value: String(value) });
  }

  removeAttribute(name) {
    this.attributes = this.attributes.filter((attribute) => attribute.name !== name);
  }

  addEventListener() {}

  removeEventListener() {}

  /** Text nodes that stand side by side are one text. */
  get html() {
    if (this.nodeType === 3) return this.text;
    const attributes = this.attributes.map(({ name, value }) => ` ${name}="${value}"`).sort();
    const inside = this.childNodes.map(({ html }) => html).join('');
    return `<${this.localName}${attributes.join('')}>${inside}</${this.localName}>`;
  }
}

export class FakeDocument {
  /** Nodes put in, taken out or changed, and characters written. */
  work = 0;
  nodes = 0;

  count(_, amount) {
    this.nodes += 1;
    this.work += amount;
  }

  createElementNS = (_, name) => new FakeNode(this, name);
  createElement = (name) => new FakeNode(this, name);
  createTextNode = (text) => new FakeNode(this, '#text', text);
}
