import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { rowsOf } = await page('js/reply-details/rows.js');
const { ReplyTimes } = await page('js/reading/reply-times.js');
const { contextUse, isNearlyFull, percent } = await page('js/reading/context-use.js');

const usage = { prompt_tokens: 1000, completion_tokens: 90, total_tokens: 1090 };
const known = (facts) => Object.fromEntries(rowsOf(facts));

test('what is known of a reply is shown, and nothing of what is not', () => {
  const times = { asked: 0, first: 500, last: 2500 };
  const all = known({ reply: { model: 'm', usage }, times, context: 2180 });
  assert.deepEqual(all, {
    Model: 'm', Prompt: `${(1000).toLocaleString()} tokens`, Reply: '90 tokens', Speed: '45 tokens/s',
    'First token': 'after 0.5 s', Context: `50 % of ${(2180).toLocaleString()} tokens`,
  });
  assert.deepEqual(known({ reply: { model: 'm' } }), { Model: 'm' });
  assert.deepEqual(known({ reply: { omitted: 2 }, times }), {
    'First token': 'after 0.5 s', 'Left out': '2 oldest messages',
  });
});

test('what a reply has cost is shown where prices are known, and small sums are not rounded away', () => {
  const euro = (sum) => sum.toLocaleString(undefined, {
    style: 'currency', currency: 'EUR', maximumSignificantDigits: 2,
  });
  const prices = { input: 2, output: 10, currency: 'EUR' };
  assert.equal(known({ reply: { usage }, prices }).Cost, euro(0.0029));
  assert.match(known({ reply: { usage }, prices: { ...prices, input: 0, output: 0.001 } }).Cost, /9/);
  assert.equal(known({ reply: {}, prices }).Cost, undefined);
  assert.equal(known({ reply: { usage } }).Cost, undefined);
});

test('a reply that came in one piece has no speed', () => {
  const times = { asked: 0, first: 500, last: 510 };
  assert.equal(known({ reply: { usage }, times }).Speed, undefined);
});

test('times are those of replies that were asked for here and came without a break', () => {
  let now = 0;
  const times = new ReplyTimes(() => now);
  times.came('elsewhere');
  assert.equal(times.of('elsewhere'), undefined);
  times.asked('a');
  assert.equal(times.of('a'), undefined);
  for (now of [300, 900]) times.came('a');
  assert.deepEqual(times.of('a'), { asked: 0, first: 300, last: 900 });
  times.forget('a');
  times.came('a');
  assert.equal(times.of('a'), undefined);
});

test('a context is nearly full from three quarters on, and not where its size is not known', () => {
  assert.equal(isNearlyFull(contextUse({ usage }, 1400)), true);
  assert.equal(isNearlyFull(contextUse({ usage }, 1500)), false);
  assert.equal(isNearlyFull(contextUse({ usage }, undefined)), false);
  assert.equal(isNearlyFull(contextUse({ usage: null }, 10)), false);
  assert.equal(percent(contextUse({ usage }, 545)), '100 %');
});
