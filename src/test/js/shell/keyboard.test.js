import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

/** As a browser answers whose user points with that. */
const pointing = (pointer) => (query) => {
  const [, not, asked] = /^(not all and )?\(pointer: (\w+)\)$/.exec(query);
  return { matches: (asked === pointer) !== Boolean(not) };
};

async function hasKeyboard(pointer) {
  globalThis.matchMedia = pointing(pointer);
  const { keyboard } = await page(`js/shell/keyboard.js?${pointer}`);
  return keyboard.matches;
}

test('Enter sends for whoever has a mouse or nothing to point with, and not on a phone', async () => {
  assert.equal(await hasKeyboard('fine'), true);
  assert.equal(await hasKeyboard('none'), true);
  assert.equal(await hasKeyboard('coarse'), false);
});
