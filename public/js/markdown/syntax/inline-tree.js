// The tokens of a line of text as a tree. Of raw HTML a few elements are known, without their
// attributes, and only where they are closed; all else of it is text.
import { pieces } from './addresses.js';

const mostLevels = 32;
const known = new Set(['sub', 'sup', 'kbd', 'b', 'i', 'mark']);
const tagSyntax = /^<(\/?)([a-z]+)(?:\s[^>]*)?(\/?)>$/i;

const text = (content) => ({ type: 'text', text: content });

class InlineTree {
  #open = [{ children: [] }];
  #links = 0;

  add(token) {
    if (token.nesting > 0) this.#begin({ type: token.type.replace(/_open$/, ''), token });
    else if (token.nesting < 0) this.#end();
    else if (token.type === 'html_inline') this.#html(token.content);
    else this.#leaf(token);
  }

  end() {
    this.#endHtml(() => false);
    return this.#top.children;
  }

  get #top() {
    return this.#open.at(-1);
  }

  #push(...nodes) {
    const { children } = this.#top;
    for (const node of nodes) {
      const last = children.at(-1);
      if (node.type !== 'text' || last?.type !== 'text') children.push(node);
      else children[children.length - 1] = text(last.text + node.text);
    }
  }

  #begin(node) {
    if (node.type === 'link') this.#links += 1;
    // What is nested too deep loses its element, not its text.
    const tooDeep = this.#open.length > mostLevels;
    node.children = tooDeep ? this.#top.children : [];
    if (!tooDeep && !node.html) this.#push(node);
    this.#open.push(node);
  }

  #end() {
    this.#endHtml(() => false);
    if (this.#open.pop().type === 'link') this.#links -= 1;
  }

  #leaf(token) {
    const { type, content } = token;
    if (type === 'text' && !content) return;
    if (type === 'text' && !this.#links) this.#push(...pieces(content).map(linked));
    else if (type === 'text' || type === 'text_special') this.#push(text(content));
    else if (type === 'softbreak') this.#push(text('\n'));
    else this.#push({ type, token });
  }

  #html(raw) {
    const [, closing, name] = tagSyntax.exec(raw) ?? [];
    const tag = name?.toLowerCase();
    if (tag === 'br') this.#push({ type: 'hardbreak' });
    else if (!known.has(tag) || (closing && !this.#isOpen(tag))) this.#push(text(raw));
    else if (closing) this.#endHtml((node) => node.tag === tag);
    else if (this.#open.length > mostLevels) this.#push(text(raw));
    else this.#begin({ type: 'html', html: true, tag, raw });
  }

  #isOpen(tag) {
    for (let place = this.#open.length - 1; this.#open[place].html; place -= 1) {
      if (this.#open[place].tag === tag) return true;
    }
    return false;
  }

  /** Closes the element that is meant; those inside it that were never closed are text. */
  #endHtml(isMeant) {
    while (this.#top.html) {
      const node = this.#open.pop();
      if (isMeant(node)) return this.#push(node);
      this.#push(text(node.raw), ...node.children);
    }
  }
}

const linked = ({ text: content, href }) =>
  href ? { type: 'link', href, children: [text(content)] } : text(content);

export function inlineTree(tokens) {
  const tree = new InlineTree();
  for (const token of tokens) tree.add(token);
  return tree.end();
}
