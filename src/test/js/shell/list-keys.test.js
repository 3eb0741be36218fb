import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { listKeys } = await page('js/shell/list-keys.js');

/** A field and three links, and where the focus and the clicks went. */
function open(value = 'word') {
  const went = [];
  const element = (name, isLink) => ({
    name, value, matches: () => isLink, checkVisibility: () => true,
    focus: () => went.push(name), click: () => went.push(`click ${name}`),
  });
  const links = ['one', 'two', 'three'].map((name) => element(name, true));
  const field = element('field', false);
  const list = { querySelectorAll: () => links };
  const press = (key, target, more) => {
    let taken = false;
    const preventDefault = () => (taken = true);
    listKeys({ key, target, preventDefault, ...more }, { field, list });
    return taken;
  };
  return { went, field, links, press };
}

test('arrows go from the field through the links and back, and stay at the end', () => {
  const { went, field, links, press } = open();
  press('ArrowDown', field);
  press('ArrowDown', links[0]);
  press('ArrowDown', links[2]);
  press('ArrowUp', links[1]);
  press('ArrowUp', links[0]);
  assert.deepEqual(went, ['one', 'two', 'three', 'one', 'field']);
});

test('Enter in the field opens the first result where there are words, and is the link’s own else', () => {
  const { went, field, links, press } = open();
  assert.equal(press('Enter', field), true);
  assert.equal(press('Enter', links[1]), false);
  assert.deepEqual(went, ['click one']);
  const empty = open(' ');
  empty.press('Enter', empty.field);
  assert.deepEqual(empty.went, []);
});

test('keys of other fields, of input methods and of the browser are left alone', () => {
  const { went, field, press } = open();
  assert.equal(press('ArrowDown', { matches: () => false }), false);
  assert.equal(press('ArrowDown', field, { isComposing: true }), false);
  assert.equal(press('ArrowDown', field, { altKey: true }), false);
  assert.equal(press('ArrowUp', field), false);
  assert.equal(press('a', field), false);
  assert.deepEqual(went, []);
});
