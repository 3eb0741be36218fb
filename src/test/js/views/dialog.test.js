// Parts of the page that are drawn into as much of a document as Preact needs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeDocument, FakeNode } from '../support/fake-document.js';
import { page } from '../support/page.js';

const { h, render } = await page('vendor/preact/preact.js');
globalThis.document = new FakeDocument();
globalThis.matchMedia = () => ({ matches: false });
const { Dialog } = await page('js/views/dialog.js');
const { MenuButton } = await page('js/views/menu-button.js');

Object.assign(FakeNode.prototype, {
  showModal() {},
  querySelector: () => null,
  getBoundingClientRect: () => ({ left: 100, right: 200, top: 100, bottom: 200 }),
  addEventListener(name, act) {
    if (/^click$/i.test(name)) this.click = (event) => act.call(this, { type: name, target: this, ...event });
  },
});

function draw(part) {
  const root = document.createElement('main');
  render(part, root);
  return root.childNodes;
}

test('a click beside a dialog that may be closed so closes it, and no click in it does', () => {
  const closed = [];
  FakeNode.prototype.close = () => closed.push('closed');
  const [dialog] = draw(h(Dialog, { title: 'T', closedby: 'any', onClose() {} }));
  dialog.click({ clientX: 105, clientY: 105 });
  dialog.click({ clientX: 50, clientY: 150, target: dialog.childNodes[0] });
  assert.deepEqual(closed, []);
  dialog.click({ clientX: 50, clientY: 150 });
  assert.deepEqual(closed, ['closed']);
  const [other] = draw(h(Dialog, { title: 'T', onClose() {} }));
  other.click?.({ clientX: 50, clientY: 150 });
  assert.equal(closed.length, 1, 'what is typed in others stays');
});

test('the button of a menu says that there is one, and whether it is open', async () => {
  const [button] = draw(h(MenuButton, { menu: () => h('div'), label: 'Options' }));
  const said = (name) => button.attributes.find((each) => each.name === name)?.value;
  assert.deepEqual([said('aria-haspopup'), said('aria-expanded')], ['true', 'false']);
  button.click();
  await new Promise((drawn) => setTimeout(drawn, 20));
  assert.equal(said('aria-expanded'), 'true');
});
