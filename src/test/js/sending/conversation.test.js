import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { settle } from '../support/fake-browser.js';
import { openPage, prompt, reply, shown } from '../support/chat-page.js';

const { Problem } = await page('js/api.js');

const chat = { id: 'c', title: 'Old', model: 'one' };
const old = [prompt('q1', null), reply('a1', 'q1'), prompt('q2', 'a1'), reply('a2', 'q2')];
const made = { chat: 'c', message: 'q3', reply: 'a3', sse: '/api/sse/a3' };

async function loaded(options) {
  const opened = openPage(options);
  opened.conversation.open('c');
  await opened.api.answer('readChat', { ...chat, messages: old });
  return opened;
}

test('a prompt that is sent before its chat has come goes out under its last message', async () => {
  const { api, conversation } = openPage();
  conversation.open('c');
  conversation.outbox.type('Hello');
  conversation.send('Hello');
  await settle();
  assert.equal(api.count('sendPrompt'), 0);
  assert.equal(conversation.outbox.outgoing.value.prompt, 'Hello');
  await api.answer('readChat', { ...chat, messages: old });
  assert.equal(api.next('sendPrompt').asked[0].parent, 'a2');
  await api.answer('sendPrompt', made);
  assert.deepEqual(shown(conversation), ['q1', 'a1', 'q2', 'a2', 'q3', 'a3']);
});

test('where the chat did not come, sending asks for it once more', async () => {
  const { api, conversation } = openPage();
  conversation.open('c');
  await api.answer('readChat', new TypeError('Failed to fetch'));
  assert.equal(conversation.loader.failed.value.name, 'TypeError');
  conversation.send('Hello');
  await api.answer('readChat', { ...chat, messages: old });
  assert.equal(api.next('sendPrompt').asked[0].parent, 'a2');
  assert.equal(conversation.loader.failed.value, null);
});

test('where it does not come then either, the prompt is back in the box with a word', async () => {
  const { api, conversation, notices } = openPage();
  conversation.open('c');
  await api.answer('readChat', new TypeError('Failed to fetch'));
  conversation.outbox.type('Hello');
  conversation.send('Hello');
  assert.equal(conversation.outbox.typed.value, '');
  await api.answer('readChat', new Problem(500, { detail: 'No.' }));
  assert.equal(conversation.outbox.typed.value, 'Hello');
  assert.equal(conversation.outbox.outgoing.value, null);
  assert.equal(notices.list.value[0].text, 'No.');
  assert.equal(api.count('sendPrompt'), 0);
});

test('a chat that did not come can be asked for again', async () => {
  const { api, conversation } = openPage();
  conversation.open('c');
  await api.answer('readChat', new Problem(503, { detail: 'Stopping.' }));
  assert.equal(conversation.loader.loading.value, false);
  conversation.loader.retry();
  await api.answer('readChat', { ...chat, messages: old });
  assert.deepEqual(shown(conversation), ['q1', 'a1', 'q2', 'a2']);
});

test('who goes to another chat before the first one came sends nothing, and the prompt stays there',
  async () => {
    const { api, conversation } = openPage();
    conversation.open('c');
    conversation.outbox.type('Hello');
    conversation.send('Hello');
    conversation.open('d');
    await api.answer('readChat', { ...chat, messages: old });
    await api.answer('readChat', { ...chat, id: 'd', messages: [] });
    assert.equal(api.count('sendPrompt'), 0);
    assert.equal(conversation.outbox.typed.value, '');
    conversation.open('c');
    assert.equal(conversation.outbox.typed.value, 'Hello');
  });

test('to give up while the chat has not come puts the prompt back', async () => {
  const { conversation } = openPage();
  conversation.open('c');
  conversation.outbox.type('Hello');
  conversation.send('Hello');
  conversation.stop();
  await settle();
  assert.equal(conversation.outbox.typed.value, 'Hello');
  assert.equal(conversation.busy.value, false);
});

test('a list that was asked for before a send does not take the send away', async () => {
  const { api, conversation } = await loaded();
  conversation.refresh();
  conversation.send('Hello');
  await settle();
  await api.answer('sendPrompt', made);
  await api.answer('readChat', { ...chat, messages: old });
  assert.deepEqual(shown(conversation), ['q1', 'a1', 'q2', 'a2', 'q3', 'a3']);
  assert.ok(conversation.thread.running.value, 'the reply still runs');
});

test('a list that was asked for before a reply ended does not open it again', async () => {
  const { api, conversation } = await loaded();
  conversation.refresh();
  conversation.thread.change('a2', (known) => ({ ...known, content: 'longer', status: 'stopped' }));
  const stale = old.map((one) => (one.id === 'a2' ? { ...one, status: 'streaming' } : one));
  await api.answer('readChat', { ...chat, messages: stale });
  assert.equal(conversation.thread.get('a2').content, 'longer');
  assert.equal(conversation.busy.value, false);
});

test('a reply that is followed is not replaced by what a list says of it', async () => {
  const { api, conversation } = await loaded();
  conversation.send('Hello');
  await settle();
  await api.answer('sendPrompt', made);
  conversation.loader.refresh();
  const further = { ...reply('a3', 'q3', 'ahead', 'streaming'), cursor: '9' };
  await api.answer('readChat', { ...chat, messages: [...old, prompt('q3', 'a2'), further] });
  assert.equal(conversation.thread.get('a3').content, '');
});

test('what is known already is not asked for again, and stays', async () => {
  const { api, conversation } = openPage();
  conversation.open('c');
  await api.answer('readChat', { ...chat, messages: old, version: '4.2.a2', partial: false });
  conversation.refresh();
  const more = [prompt('q3', 'a2'), reply('a3', 'q3')];
  const answer = { ...chat, messages: more, version: '6.3.a3', partial: true };
  assert.deepEqual((await api.answer('readChat', answer)).slice(0, 2), ['c', '4.2.a2']);
  assert.deepEqual(shown(conversation), ['q1', 'a1', 'q2', 'a2', 'q3', 'a3']);
  conversation.refresh();
  const none = { ...chat, messages: [], version: '6.3.a3', partial: true };
  assert.deepEqual((await api.answer('readChat', none)).slice(0, 2), ['c', '6.3.a3']);
  assert.deepEqual(shown(conversation), ['q1', 'a1', 'q2', 'a2', 'q3', 'a3']);
});

test('what changed here while a list was on its way is asked for again', async () => {
  const { api, conversation } = openPage();
  conversation.open('c');
  await api.answer('readChat', { ...chat, messages: old, version: '4.2.a2' });
  conversation.refresh();
  conversation.thread.change('a2', (known) => ({ ...known, content: 'longer' }));
  await api.answer('readChat', { ...chat, messages: old, version: '4.3.a2' });
  conversation.refresh();
  assert.deepEqual(api.next('readChat').asked.slice(0, 2), ['c', '4.2.a2']);
});

test('of two lists the one that was asked for last counts, whichever comes last', async () => {
  const { api, conversation } = await loaded();
  conversation.refresh();
  conversation.refresh();
  const [first, second] = api.calls.filter(({ name, answered }) => name === 'readChat' && !answered);
  second.give({ ...chat, messages: [...old, prompt('q3', 'a2'), reply('a3', 'q3')] });
  await settle();
  first.give({ ...chat, messages: old });
  await settle();
  assert.equal(shown(conversation).at(-1), 'a3');
});

test('what is gone from the stored chat goes here too', async () => {
  const { api, conversation } = await loaded();
  conversation.refresh();
  await api.answer('readChat', { ...chat, messages: old.slice(0, 2) });
  assert.deepEqual(shown(conversation), ['q1', 'a1']);
});

test('a message that says the same is not drawn again', async () => {
  const { api, conversation } = await loaded();
  const before = conversation.thread.path.value;
  const first = before[0].peek();
  conversation.refresh();
  await api.answer('readChat', JSON.parse(JSON.stringify({ ...chat, messages: old })));
  assert.equal(conversation.thread.path.value, before);
  assert.equal(conversation.thread.path.value[0].peek(), first);
});

test('a model that is chosen while a list is on its way stays chosen', async () => {
  const { api, conversation } = await loaded();
  conversation.refresh();
  conversation.useModel('two');
  await api.answer('readChat', { ...chat, messages: old });
  assert.equal(conversation.chat.value.model, 'two');
});

test('another reply is asked of the chosen model, to write as the chat says', async () => {
  const { api, conversation } = await loaded({ model: 'two' });
  conversation.chat.value = { ...conversation.chat.value, temperature: 0.5, max_tokens: null };
  conversation.regenerate(old[3]);
  const parameters = { temperature: 0.5, max_tokens: null, reasoning_effort: undefined };
  assert.deepEqual(api.next('regenerateReply').asked, ['a2', 'two', parameters]);
});

test('while the server is asked nothing can be sent twice', async () => {
  const { api, conversation } = await loaded();
  conversation.regenerate(old[3]);
  conversation.send('Hello');
  conversation.continue(old[3]);
  await settle();
  assert.deepEqual([api.count('sendPrompt'), api.count('continueReply')], [0, 0]);
});

test('a refused prompt is back in the box, before what was typed meanwhile', async () => {
  const { api, conversation } = await loaded();
  conversation.outbox.type('Hello');
  conversation.send('Hello');
  await settle();
  conversation.outbox.type('and then');
  await api.answer('sendPrompt', new Problem(429, { detail: 'Slowly.' }));
  assert.equal(conversation.outbox.typed.value, 'Hello\n\nand then');
});

test('who is logged out is told so, with the way back', async () => {
  const { api, conversation, notices } = await loaded();
  conversation.send('Hello');
  await settle();
  await api.answer('sendPrompt', new Problem(401, { detail: 'Send a cookie or a bearer token.' }));
  assert.match(notices.list.value[0].text, /^You are logged out/);
  assert.equal(notices.list.value[0].link.href, '/login#/');
});

const fork = [prompt('q1', null), reply('a1', 'q1'), reply('b1', 'q1'), prompt('q2', 'b1')];

test('a message that is looked for is on the path, whatever branch it is on', async () => {
  const { api, conversation } = openPage();
  conversation.open('c', 'a1');
  await api.answer('readChat', { ...chat, messages: fork });
  assert.deepEqual(shown(conversation), ['q1', 'a1']);
  conversation.open('c', 'q2');
  assert.deepEqual(shown(conversation), ['q1', 'b1', 'q2']);
  assert.equal(conversation.sought.value.message, 'q2');
  assert.equal(api.count('readChat'), 1);
});

test('a branch that the reader turns to stays, though another message was looked for', async () => {
  const { api, conversation } = openPage();
  conversation.open('c', 'a1');
  await api.answer('readChat', { ...chat, messages: fork });
  conversation.thread.choose(fork[2]);
  conversation.refresh();
  await api.answer('readChat', { ...chat, messages: fork });
  assert.deepEqual(shown(conversation), ['q1', 'b1', 'q2']);
});

test('a message that is looked for and not known is asked for, and missed with a word', async () => {
  const { api, conversation, notices } = openPage();
  conversation.open('c');
  await api.answer('readChat', { ...chat, messages: fork });
  conversation.open('c', 'gone');
  await api.answer('readChat', { ...chat, messages: fork });
  assert.equal(notices.list.value[0].text, 'This message is not there any more.');
  assert.deepEqual(shown(conversation), ['q1', 'b1', 'q2']);
});

test('a chat that is left is no longer asked for', async () => {
  const { api, conversation, notices } = openPage();
  conversation.open('c');
  const [, , left] = api.next('readChat').asked;
  assert.equal(left.aborted, false);
  conversation.open(null);
  assert.equal(left.aborted, true);
  await api.answer('readChat', new DOMException('left', 'AbortError'));
  assert.deepEqual([conversation.loader.failed.value, notices.list.value.length], [null, 0]);
});
