import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { lumpDetector } = await page('js/reading/buffering-detector.js');

function comesInLumps(times) {
  const saw = lumpDetector();
  return times.map((time) => saw(time)).some(Boolean);
}

const lump = (at, count, spread) => Array.from({ length: count }, (_, place) => at + (place * spread) / count);
const three = (lumpAt) => [2_000, 5_000, 8_000].flatMap(lumpAt);

test('nothing, then much at once, again and again, is a buffer', () => {
  assert.ok(comesInLumps(three((at) => lump(at, 20, 20))));
});

test('one lump can be a slow start', () => {
  assert.ok(!comesInLumps([...lump(5_000, 50, 50), ...lump(5_100, 300, 30_000)]));
});

test('a quick model is no buffer', () => {
  assert.ok(!comesInLumps(lump(3_000, 2_000, 4_000)));
});

test('a model that pauses between long passages is no buffer', () => {
  assert.ok(!comesInLumps(three((at) => lump(at, 60, 1_200))));
});

test('a few joined events after each silence are no buffer', () => {
  assert.ok(!comesInLumps(three((at) => lump(at, 3, 5))));
});
