import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { settle } from '../support/fake-browser.js';

const { Search } = await page('js/search/search.js');
const { placesIn, wordsOf } = await page('js/search/marks.js');

const hit = (message) => ({ chat: 'c', title: 'T', message, role: 'user', created: 1, snippet: [] });
const found = (messages, cursor = null) => ({ hits: messages.map(hit), cursor });

/** A search whose questions wait until the test answers them. */
function open() {
  const asked = [];
  const api = {
    search: (question) => new Promise((give, fail) => asked.push({ ...question, give, fail })),
  };
  const search = new Search({ api });
  const shown = () => search.hits.value.map(({ message }) => message);
  return { search, asked, shown };
}

async function typed(t, search, text) {
  search.type(text);
  t.mock.timers.tick(1000);
  await settle();
}

test('letters that come quickly are one question', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { search, asked } = open();
  for (const text of ['b', 'br', 'bri']) search.type(text);
  await typed(t, search, 'brid ');
  assert.deepEqual(asked.map(({ q }) => q), ['brid']);
});

test('a question that is overtaken is broken off, and its answer is not shown', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { search, asked, shown } = open();
  await typed(t, search, 'one');
  await typed(t, search, 'two');
  assert.equal(asked[0].signal.aborted, true);
  asked[1].give(found(['second']));
  await settle();
  asked[0].give(found(['first']));
  await settle();
  assert.deepEqual(shown(), ['second']);
  assert.equal(search.asking.value, false);
});

test('hits stay while others are looked for, and when that fails; a retry asks again', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { search, asked, shown } = open();
  await typed(t, search, 'one');
  asked[0].give(found(['first']));
  await settle();
  await typed(t, search, 'two');
  assert.deepEqual(shown(), ['first']);
  assert.equal(search.asking.value, true);
  asked[1].fail(new TypeError('Failed to fetch'));
  await settle();
  assert.deepEqual(shown(), ['first']);
  assert.equal(search.failed.value.name, 'TypeError');
  search.retry();
  asked[2].give(found(['second']));
  await settle();
  assert.deepEqual([asked[2].q, search.failed.value, ...shown()], ['two', null, 'second']);
});

test('more of the same come behind those that are there', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { search, asked, shown } = open();
  await typed(t, search, 'one');
  asked[0].give(found(['first'], '20'));
  await settle();
  search.more();
  assert.equal(asked[1].after, '20');
  asked[1].give(found(['first', 'second']));
  await settle();
  assert.deepEqual(shown(), ['first', 'second']);
  assert.equal(search.more(), undefined);
});

test('without words nothing is asked and nothing is left', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { search, asked, shown } = open();
  await typed(t, search, 'one');
  asked[0].give(found(['first']));
  await settle();
  await typed(t, search, '  ');
  assert.deepEqual([asked.length, ...shown()], [1]);
});

test('the words of a hit are marked in any case, the longest that fits, as they are written', () => {
  const snippet = [['a ', false], ['Bridge', true], [' b ', false], ['bridges', true], ['C++', true]];
  const words = wordsOf({ snippet: snippet.map(([text, isHit]) => ({ text, hit: isHit })) });
  assert.deepEqual(words, ['bridges', 'bridge', 'c++']);
  const text = 'BRIDGES, a bridge and c++, no ccc';
  assert.deepEqual(placesIn(text, words).map(([a, b]) => text.slice(a, b)), ['BRIDGES', 'bridge', 'c++']);
  assert.deepEqual(placesIn('anything', []), []);
  assert.deepEqual(placesIn('橋を渡る 橋', ['橋']), [[0, 1], [5, 6]]);
});
