import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { FakeBrowser } from '../support/fake-browser.js';
import { memoryStorage, SlowApi } from '../support/chat-page.js';

const { Chats } = await page('js/chats/chats.js');
const { Deletions } = await page('js/chats/deletions.js');
const { News } = await page('js/notifications/news.js');

/** The list is read, at that place among the notifications. */
async function listFrom(events) {
  const [api, browser] = [new SlowApi(), new FakeBrowser()];
  const notices = { report() {} };
  const deletions = new Deletions({ api, onRefused() {}, storage: memoryStorage() });
  const chats = new Chats({ api, notices, deletions });
  let refreshed = 0;
  const conversation = { isOpen: () => false, refresh: () => (refreshed += 1) };
  const feed = { join() {}, leave() {} };
  const news = new News({ page: { chats, conversation }, browser, openFeed: () => feed });
  chats.load();
  await api.answer('readChats', { chats: [], cursor: null, events });
  return { api, browser, news, refreshed: () => refreshed };
}

test('a list is read once where nothing was told before the notifications began', async () => {
  for (const [place, begins, asked] of [
    ['7.1000', '7.1000', 1], ['0.1000', '0.1002', 1], ['7.1000', '8.1000', 2],
    [undefined, '7.1000', 2],
  ]) {
    const { api, browser, news, refreshed } = await listFrom(place);
    news.take({ kind: 'resync' }, begins);
    await browser.pass(1000);
    assert.equal(api.count('readChats'), asked, `${place} ${begins}`);
    assert.equal(refreshed(), 1, 'the open chat may have been read before the list');
  }
});

test('whatever was told is a reason to read the list again', async () => {
  const { api, browser, news } = await listFrom('7.1000');
  news.take({ kind: 'chats-changed', chat: 'c', change: 'changed' }, '7.1000');
  await browser.pass(1000);
  assert.equal(api.count('readChats'), 2);
});
