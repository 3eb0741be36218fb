import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { page } from '../support/page.js';
import { memoryStorage, SlowApi } from '../support/chat-page.js';

const { Chats } = await page('js/chats/chats.js');
const { Deletions } = await page('js/chats/deletions.js');
const { deleteChats } = await page('js/chats/delete-chat.js');
const { Problem } = await page('js/api.js');

const chat = (number, facts) => ({ id: `c${number}`, title: `${number}`, updated: number,
  pinned: false, ...facts });
const newestFirst = (from, to) =>
  Array.from({ length: from - to + 1 }, (_, place) => chat(from - place));
const ids = ({ list }) => list.value.map(({ id }) => id).join(' ');

function open({ storage = memoryStorage() } = {}) {
  const api = new SlowApi();
  const errors = [];
  const notices = { report: (error) => errors.push(error.message) };
  const deletions = new Deletions({ api, onRefused: (error) => notices.report(error), storage });
  return { api, errors, deletions, chats: new Chats({ api, notices, deletions }), storage };
}

async function openLong() {
  const opened = open();
  opened.chats.load();
  await opened.api.answer('readChats', { chats: newestFirst(240, 141), cursor: 'behind 141' });
  opened.chats.more();
  await opened.api.answer('readChats', { chats: newestFirst(140, 101), cursor: 'behind 101' });
  return opened;
}

test('a refresh keeps what is loaded beyond one page, and the place where more begins', async () => {
  const { api, chats } = await openLong();
  chats.lookAgain();
  assert.equal(api.next('readChats').asked[0].limit, 100);
  const fresh = [chat(241), ...newestFirst(240, 142)];
  await api.answer('readChats', { chats: fresh, cursor: 'behind 142' });
  assert.equal(chats.list.value.length, 141);
  assert.equal(ids(chats), [...fresh, ...newestFirst(141, 101)].map(({ id }) => id).join(' '));
  assert.equal(chats.next.value, 'behind 101');
});

test('a chat that is gone from the newest is gone, and one that moved up is there once', async () => {
  const { api, chats } = await openLong();
  chats.lookAgain();
  const moved = chat(105, { updated: 300 });
  const fresh = [moved, ...newestFirst(240, 141).filter(({ id }) => id !== 'c200')];
  await api.answer('readChats', { chats: fresh, cursor: 'behind 141' });
  assert.ok(!ids(chats).includes('c200'));
  assert.equal(ids(chats).split(' ').filter((id) => id === 'c105').length, 1);
  assert.equal(chats.list.value.length, 139);
});

test('where the newest are all there are, nothing stays behind them', async () => {
  const { api, chats } = await openLong();
  chats.lookAgain();
  await api.answer('readChats', { chats: [chat(1)] });
  assert.equal(ids(chats), 'c1');
  assert.equal(chats.next.value, null);
});

test('a deleted chat is in no list at once, and the server is told only later', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { api, chats, deletions } = open();
  chats.load();
  api.next('readChats').give({ chats: newestFirst(3, 1) });
  await Promise.resolve().then(() => {}).then(() => {}).then(() => {});
  deletions.request('c2');
  assert.equal(ids(chats), 'c3 c1');
  t.mock.timers.tick(9_000);
  assert.equal(api.count('deleteChat'), 0);
  t.mock.timers.tick(1_000);
  assert.deepEqual(api.next('deleteChat').asked, ['c2']);
});

test('to undo it shows the chat again, and the server is told nothing', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { api, deletions, storage } = open();
  deletions.request('c2');
  assert.ok(deletions.undo('c2'));
  t.mock.timers.tick(20_000);
  assert.equal(api.count('deleteChat'), 0);
  assert.equal(deletions.ids.value.size, 0);
  assert.equal(storage.getItem('runnel.deletions'), '[]');
});

async function reopened(t) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { api, deletions, storage } = open();
  deletions.request('c2');
  deletions.flush();
  assert.equal(api.count('deleteChat'), 1);
  const next = open({ storage });
  next.chats.load();
  await next.api.answer('readChats', { chats: newestFirst(3, 1) });
  assert.equal(ids(next.chats), 'c3 c1');
  t.mock.timers.tick(2_000);
  return next;
}

test('a page that goes tells the server at once, and the next one makes sure of it', async (t) => {
  const next = await reopened(t);
  await next.api.answer('readChats', { chats: newestFirst(3, 1) });
  await next.api.answer('deleteChat', new Problem(404, { detail: 'Gone.' }));
  assert.deepEqual(next.errors, []);
  assert.equal(next.storage.getItem('runnel.deletions'), '[]');
  assert.ok(next.deletions.ids.value.has('c2'), 'a list that is on its way may still name it');
});

test('a list that overtakes the deletion does not make the next page delete again', async (t) => {
  const next = await reopened(t);
  await next.api.answer('readChats', { chats: [chat(3), chat(1)] });
  assert.equal(next.api.count('deleteChat'), 0);
  assert.equal(ids(next.chats), 'c3 c1');
});

test('a chat that the server does not delete is there again, with a word', async () => {
  const { api, deletions, errors } = open();
  deletions.request('c2');
  deletions.flush();
  await api.answer('deleteChat', new Problem(503, { detail: 'Storage refuses.' }));
  assert.equal(deletions.ids.value.size, 0);
  assert.deepEqual(errors, ['Storage refuses.']);
});

test('the open chat is left when it is deleted, and opened again by undo there', () => {
  const { chats, deletions } = open();
  const went = [];
  const said = [];
  const visit = { value: 1 };
  const around = {
    chats,
    conversation: { isOpen: (id) => id === 'c2', visit },
    router: { go: (path) => went.push(path) },
    toasts: { say: (toast) => said.push(toast) },
  };
  deleteChats([chat(2)], around);
  said[0].action.act();
  assert.deepEqual(went, ['/', '/c/c2']);
  assert.equal(deletions.ids.value.size, 0);
  deleteChats([chat(2)], around);
  visit.value = 2;
  said[1].action.act();
  assert.deepEqual(went, ['/', '/c/c2', '/'], 'who has gone elsewhere by then stays there');
  mock.reset();
});

test('the archive is a list of its own, and a chat leaves the list when it is archived', async () => {
  const { api, chats } = open();
  chats.load();
  assert.equal(api.next('readChats').asked[0].archived, undefined);
  await api.answer('readChats', { chats: [chat(2), chat(1)] });
  chats.change('c1', { archived: true });
  assert.equal(ids(chats), 'c2');
  await api.answer('changeChat', {});
  chats.showArchive(true);
  assert.equal(api.next('readChats').asked[0].archived, true);
  await api.answer('readChats', { chats: [chat(1, { archived: true })] });
  assert.equal(ids(chats), 'c1');
});

test('chats that are deleted together come back together', async () => {
  const { api, chats } = open();
  chats.load();
  await api.answer('readChats', { chats: newestFirst(3, 1) });
  const said = [];
  deleteChats([chat(3), chat(1)], {
    chats, conversation: { isOpen: () => false, visit: {} }, router: {}, toasts: { say: (toast) => said.push(toast) },
  });
  assert.equal(ids(chats), 'c2');
  assert.equal(said[0].text, '2 chats are deleted.');
  said[0].action.act();
  assert.equal(ids(chats), 'c3 c2 c1');
  assert.equal(api.count('deleteChat'), 0);
});

test('a change that is refused leaves a chat as it came into the list since', async () => {
  const { api, chats, errors } = open();
  chats.change('c1', { title: 'New' });
  chats.load();
  await api.answer('readChats', { chats: [chat(1)] });
  await api.answer('changeChat', new Problem(500, { detail: 'No.' }));
  assert.equal(chats.list.value[0].title, '1');
  assert.deepEqual(errors, ['No.']);
});
