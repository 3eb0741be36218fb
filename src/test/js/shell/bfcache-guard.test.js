import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { FakeBrowser } from '../support/fake-browser.js';

const { guardRestoredPage } = await page('js/shell/bfcache-guard.js');
const { Problem } = await page('js/api.js');

const ada = { id: 'u1', email: 'ada@example.org' };

function putAway(me, answers) {
  const browser = new FakeBrowser();
  const body = { hidden: false };
  const page = { browser, body, begun: 0 };
  guardRestoredPage({
    me: { value: me },
    readMe: async () => answers.shift()(),
    browser,
    body,
    begin: () => (page.begun += 1),
  });
  browser.away();
  return page;
}

const is = (person) => () => person;
const fails = (error) => () => {
  throw error;
};

test('a page of an account that comes back is hidden until it is known that the same person looks', async () => {
  const { browser, body, begun } = putAway(ada, [is(ada)]);
  assert.ok(body.hidden);
  browser.backFromAway();
  assert.ok(body.hidden);
  await browser.pass(0);
  assert.ok(!body.hidden);
  assert.equal(begun, 0);
});

test('for another person, and for nobody, it begins anew and stays hidden meanwhile', async () => {
  for (const answer of [is({ id: 'u2', email: 'eve@example.org' }), fails(new Problem(401))]) {
    const page = putAway(ada, [answer]);
    page.browser.backFromAway();
    await page.browser.pass(0);
    assert.equal(page.begun, 1);
    assert.ok(page.body.hidden);
  }
});

test('as long as the server cannot be asked it stays hidden and asks again', async () => {
  const page = putAway(ada, [
    fails(new TypeError('Failed to fetch')),
    fails(new Problem(503)),
    is(ada),
  ]);
  page.browser.backFromAway();
  await page.browser.pass(1_500);
  assert.ok(page.body.hidden);
  await page.browser.pass(1_000);
  assert.ok(!page.body.hidden);
  assert.equal(page.begun, 0);
});

test('where there are no accounts nothing is hidden', () => {
  const { body } = putAway({ id: 'local', email: '' }, []);
  assert.ok(!body.hidden);
});
