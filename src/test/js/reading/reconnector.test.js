import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { FakeBrowser } from '../support/fake-browser.js';

const { Reconnector } = await page('js/reading/reconnector.js');

test('a line that was silent for too long since the last word is opened again, once', async () => {
  const browser = new FakeBrowser();
  let timers = 0;
  const { setTimeout: set } = browser;
  browser.setTimeout = (...asked) => set(...asked, (timers += 1));
  let opened = 0;
  const open = () => () => (opened += 1) && undefined;
  const line = new Reconnector({ browser, longestSilence: 1000, open });
  line.connect();
  for (let word = 0; word < 500; word += 1) {
    line.alive();
    await browser.pass(1);
  }
  assert.equal(timers, 1, 'no timer for each word');
  await browser.pass(998);
  assert.equal(opened, 0);
  await browser.pass(1);
  assert.equal(opened, 1);
  await browser.pass(5000);
  assert.equal(opened, 1, 'what has not spoken yet is not silent');
});
