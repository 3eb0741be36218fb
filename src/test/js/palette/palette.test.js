import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { signal } = await page('vendor/signals/signals.js');
const { keysOf } = await page('js/palette/keys.js');
const { matches } = await page('js/palette/matching.js');
const { contextText, modelItems, pinned, togglePinned } = await page('js/palette/model-items.js');

test('words are found in any order, in any case and without their accents', () => {
  assert.ok(matches('Export this chat as Markdown', 'mark exp'));
  assert.ok(matches('Über Brücken', 'bruck uber'));
  assert.ok(matches('anything', ''));
  assert.ok(!matches('Export this chat', 'export all'));
});

test('keys have the names that stand on the keyboard', () => {
  assert.deepEqual(keysOf('Ctrl+Shift+;', false), ['Ctrl', 'Shift', ';']);
  assert.deepEqual(keysOf('Ctrl+Shift+O', true), ['⌘', '⇧', 'O']);
});

test('how much a model reads is said as people say it, and not at all where it is not known', () => {
  const said = [8192, 128_000, 131_072, 200_000, 1_048_576, 1_000_000, 500, undefined];
  assert.deepEqual(said.map(contextText), ['8k', '128k', '128k', '200k', '1M', '1M', '500', '']);
});

const list = [
  { id: 'a/one', provider: 'a', vision: false, context_length: 8192 },
  { id: 'b/two', provider: 'b', vision: true },
];
const around = {
  models: {
    list: signal(list), providers: signal([{ id: 'a', name: 'Alpha' }, { id: 'b', name: 'Beta' }]),
    of: () => 'a/one',
  },
  conversation: { chat: signal(null), useModel() {} },
};

test('models are found by their names and by those of their servers, with what is known of them', () => {
  const found = (query) => modelItems(around, query).map(({ model }) => model);
  assert.deepEqual(found(''), ['a/one', 'b/two']);
  assert.deepEqual(found('beta'), ['b/two']);
  const [one, two] = modelItems(around, '');
  assert.deepEqual([one.detail, one.icon], ['8k tokens · in use', 'model']);
  assert.deepEqual([two.detail, two.icon], ['sees images', 'eye']);
});

test('a model that is pinned stays so, and is not when that is undone', () => {
  togglePinned('b/two');
  assert.deepEqual(pinned.value, ['b/two']);
  assert.equal(modelItems(around, 'two')[0].star.on, true);
  togglePinned('b/two');
  assert.deepEqual(pinned.value, []);
});
