import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { bufferingDetector } = await page('js/reading/buffering-detector.js');

function looksBuffered(times) {
  const saw = bufferingDetector();
  return times.map((time) => saw(time)).some(Boolean);
}

const burst = (at, count, spread) =>
  Array.from({ length: count }, (_, place) => at + (place * spread) / count);
const three = (burstAt) => [2_000, 5_000, 8_000].flatMap(burstAt);

test('nothing, then much at once, again and again, is a buffer', () => {
  assert.ok(looksBuffered(three((at) => burst(at, 20, 20))));
});

test('one burst can be a slow start', () => {
  assert.ok(!looksBuffered([...burst(5_000, 50, 50), ...burst(5_100, 300, 30_000)]));
});

test('a quick model is no buffer', () => {
  assert.ok(!looksBuffered(burst(3_000, 2_000, 4_000)));
});

test('a model that pauses between long passages is no buffer', () => {
  assert.ok(!looksBuffered(three((at) => burst(at, 60, 1_200))));
});

test('a few joined events after each silence are no buffer', () => {
  assert.ok(!looksBuffered(three((at) => burst(at, 3, 5))));
});
