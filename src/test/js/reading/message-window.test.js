import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { costOf, firstWindow, nextWindow } = await page('js/reading/message-window.js');

const costs = (count, each) => Array.from({ length: count }, () => each);

test('a short talk is drawn whole, and so is what comes to it', () => {
  assert.deepEqual(firstWindow(costs(3, 500)), { from: 0, to: Infinity });
  assert.deepEqual(firstWindow(costs(1, 1e6)), { from: 0, to: Infinity });
});

test('of a long one the end comes first, and the rest in slices of a bounded cost', () => {
  let window = firstWindow(costs(1_000, 500));
  assert.deepEqual(window, { from: 975, to: Infinity });
  let slices = 0;
  while (window.from > 0) {
    const next = nextWindow(window, costs(1_000, 500));
    assert.ok(next.from < window.from && window.from - next.from <= 6);
    window = next;
    slices += 1;
  }
  assert.equal(slices, 163);
});

test('messages that are long by themselves come one by one', () => {
  const first = firstWindow(costs(9, 1e5));
  assert.deepEqual(first, { from: 7, to: Infinity });
  assert.deepEqual(nextWindow(first, costs(9, 1e5)), { from: 6, to: Infinity });
});

test('around a place in the middle it grows on both sides', () => {
  const first = firstWindow(costs(1_000, 1_000), 500);
  assert.deepEqual(first, { from: 488, to: 513 });
  assert.deepEqual(nextWindow(first, costs(1_000, 1_000)), { from: 485, to: 516 });
});

test('reasoning costs as text does', () => {
  assert.equal(costOf({ content: 'abc', reasoning: 'de' }) - costOf({ content: '' }), 5);
});
