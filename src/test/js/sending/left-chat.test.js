// The answer of the server comes when the reader has another chat open, or has come back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { settle } from '../support/fake-browser.js';
import { memoryStorage, openPage, prompt, reply, shown } from '../support/chat-page.js';

const { Problem } = await page('js/api.js');
const { applyPreset } = await page('js/presets/apply.js');
const { Chats } = await page('js/chats/chats.js');
const { forkChat } = await page('js/chat-actions/fork-chat.js');

const chat = { id: 'c', title: 'Old', model: 'one' };
const old = [prompt('q1', null), reply('a1', 'q1')];
const other = { ...chat, id: 'd', messages: [prompt('z', null), reply('y', 'z')] };

async function loaded() {
  const opened = openPage();
  opened.conversation.open('c');
  await opened.api.answer('readChat', { ...chat, messages: old });
  return opened;
}

async function leave({ api, conversation }) {
  conversation.open('d');
  await api.answer('readChat', other);
}

/** Another version was asked for, and the chat was left before the answer. */
async function leftWhileAsking() {
  const opened = await loaded();
  const { conversation } = opened;
  conversation.thread.choose(conversation.thread.get('a1'));
  conversation.regenerate(conversation.thread.get('a1'));
  await leave(opened);
  return opened;
}

async function comeBack({ api, conversation }, messages) {
  conversation.open('c');
  await api.answer('readChat', { ...chat, messages });
}

test('a reply that was asked for is not shown in the chat that is open by then', async () => {
  for (const [ask, method, answer] of [
    ['regenerate', 'regenerateReply', { reply: 'a2' }], ['continue', 'continueReply', {}],
  ]) {
    const opened = await loaded();
    const { api, browser, conversation } = opened;
    conversation[ask](conversation.thread.get('a1'));
    await leave(opened);
    assert.equal(conversation.busy.value, false, 'the other chat is not held up');
    await api.answer(method, answer);
    assert.deepEqual(shown(conversation), ['z', 'y']);
    assert.equal(browser.sources.length, 0);
  }
});

test('what began in a chat that was left is what is shown there afterwards', async () => {
  const opened = await leftWhileAsking();
  const { api, conversation } = opened;
  await api.answer('regenerateReply', { reply: 'a2' });
  await comeBack(opened, [...old, reply('a2', 'q1')]);
  assert.deepEqual(shown(conversation), ['q1', 'a2']);
});

test('who has come back before the answer sees the reply, with all of its text', async () => {
  const opened = await leftWhileAsking();
  const { api, conversation } = opened;
  await comeBack(opened, [...old, reply('a2', 'q1', 'Half', 'streaming')]);
  await api.answer('regenerateReply', { reply: 'a2' });
  await api.answer('readChat', {
    ...chat, messages: [...old, reply('a2', 'q1', 'Half', 'streaming')],
  });
  assert.deepEqual(shown(conversation), ['q1', 'a2']);
  assert.equal(conversation.thread.get('a2').content, 'Half');
});

test('an edited prompt that the server took after its chat was left is the one shown there',
  async () => {
    const opened = await loaded();
    const { api, conversation } = opened;
    conversation.thread.choose(conversation.thread.get('q1'));
    conversation.send('Better', { parent: null });
    await settle();
    await leave(opened);
    await api.answer('sendPrompt', { chat: 'c', message: 'q2', reply: 'b', sse: '' });
    await comeBack(opened, [...old, prompt('q2', null, 'Better'), reply('b', 'q2')]);
    assert.deepEqual(shown(conversation), ['q2', 'b']);
  });

test('models that answered beside in a chat that was left are not asked in the next', async () => {
  const opened = await loaded();
  const { api, conversation } = opened;
  conversation.models.others.value = ['two'];
  conversation.send('Hello');
  await settle();
  await leave(opened);
  await api.answer('sendPrompt', { chat: 'c', message: 'q2', reply: 'b', sse: '' });
  assert.deepEqual(conversation.models.others.value, []);
});

test('a prompt whose chat was left and opened again is on its way there, and never in the box',
  async () => {
    const opened = await loaded();
    const { api, conversation } = opened;
    conversation.outbox.type('Hello');
    conversation.send('Hello');
    await settle();
    await leave(opened);
    await comeBack(opened, old);
    assert.equal(conversation.outbox.outgoing.value.prompt, 'Hello');
    assert.equal(conversation.outbox.typed.value, '');
    await api.answer('sendPrompt', { chat: 'c', message: 'q2', reply: 'b', sse: '' });
    assert.equal(conversation.outbox.outgoing.value, null);
    assert.equal(conversation.outbox.typed.value, '');
    assert.deepEqual(shown(conversation), ['q1', 'a1', 'q2', 'b']);
  });

test('a prompt that came to wait though its answer was lost is in the box no more', async () => {
  const queued = [{ id: null, prompt: 'Next', created: 2 }];
  const sent = prompt('q2', 'a1', 'Next');
  const asBefore = [prompt('a0', null, 'Next'), ...old];
  for (const [what, rows, messages, box] of [
    ['waits', queued, asBefore, ''], ['was sent', [], [...asBefore, sent], ''],
    ['never came', [], asBefore, 'Next'],
  ]) {
    const storage = memoryStorage();
    const { api, conversation } = openPage({ storage });
    conversation.open('c');
    await api.answer('readChat', { ...chat, messages: asBefore });
    conversation.outbox.type('Next');
    conversation.enqueue('Next');
    const [, { id }] = api.next('queuePrompt').asked;
    const reloaded = openPage({ storage });
    reloaded.conversation.open('c');
    await reloaded.api.answer('readChat', { ...chat, messages, queued: rows.length });
    if (rows.length) await reloaded.api.answer('readQueue', { queued: [{ ...rows[0], id }] });
    assert.equal(reloaded.conversation.outbox.typed.value, box, what);
  }
});

test('a prompt that came to wait after its chat was left is in no box any more', async () => {
  const opened = await loaded();
  const { api, conversation } = opened;
  conversation.outbox.attachments.list.value = [{ id: 'f' }];
  conversation.outbox.type('  Next ');
  conversation.enqueue('Next');
  await leave(opened);
  conversation.outbox.type('Of the other chat');
  conversation.enqueue('Of the other chat');
  assert.equal(api.count('queuePrompt'), 2, 'the other chat is not held up');
  await api.answer('queuePrompt', {});
  await api.answer('readQueue', { queued: [] });
  await comeBack(opened, old);
  assert.equal(conversation.outbox.typed.value, '');
  assert.deepEqual(conversation.outbox.attachments.list.value, []);
});

test('a prompt that came to wait while another was on its way is in the box no more', async () => {
  const { api, conversation } = await loaded();
  const { outbox } = conversation;
  outbox.type('A');
  conversation.send('A');
  await settle();
  outbox.type('B');
  conversation.enqueue('B');
  await api.answer('queuePrompt', {});
  await api.answer('readQueue', { queued: [] });
  assert.equal(outbox.typed.value, '');
  assert.equal(outbox.drafts.textOf('c'), 'A', 'which nobody has taken yet');
  await api.answer('sendPrompt', new Problem(429, { detail: 'Slowly.' }));
  assert.equal(outbox.typed.value, 'A');
});

test('what was typed behind a prompt that was taken stays whole, however it begins', async () => {
  for (const begin of [loaded, async () => {
    const opened = openPage();
    opened.conversation.open(null);
    return opened;
  }]) {
    const opened = await begin();
    const { api, conversation } = opened;
    const started = conversation.opened;
    conversation.outbox.type('Go');
    conversation.send('Go');
    await settle();
    conversation.outbox.type('Google it too');
    await leave(opened);
    await api.answer('sendPrompt', { chat: 'c', message: 'q2', reply: 'b', sse: '' });
    conversation.open(started);
    assert.equal(conversation.outbox.typed.value, 'Google it too');
  }
});

test('who has come back before the answer keeps what was typed behind the prompt', async () => {
  const opened = await loaded();
  const { api, conversation } = opened;
  conversation.outbox.type('Hello');
  conversation.send('Hello');
  await settle();
  conversation.outbox.type('and more');
  await leave(opened);
  await comeBack(opened, old);
  await api.answer('sendPrompt', { chat: 'c', message: 'q2', reply: 'b', sse: '' });
  assert.equal(conversation.outbox.typed.value, 'and more');
});

test('the files of a prompt that is refused after its chat was left are beside the box again',
  async () => {
    const opened = await loaded();
    const { api, conversation } = opened;
    const { attachments } = conversation.outbox;
    attachments.list.value = [{ id: 'f' }];
    attachments.tell();
    conversation.send('Hello');
    await settle();
    attachments.list.value = [{ id: 'g' }];
    attachments.tell();
    await leave(opened);
    await api.answer('sendPrompt', new Problem(429, { detail: 'Slowly.' }));
    await comeBack(opened, old);
    assert.deepEqual(attachments.list.value, [{ id: 'f' }, { id: 'g' }]);
  });

test('settings that the server took are not those of the chat that is open by then', async () => {
  const opened = await loaded();
  const { api, conversation } = opened;
  conversation.configure({ temperature: 1 });
  await leave(opened);
  await api.answer('changeChat', { ...chat, temperature: 1 });
  assert.equal(conversation.chat.value.id, 'd');
  assert.equal(conversation.chat.value.temperature, undefined);
});

test('a preset whose chat was left puts nothing into the box of another', async () => {
  const opened = await loaded();
  const { api, conversation, notices } = opened;
  const preset = { name: 'P', prompt: 'Summarize:', temperature: 1 };
  applyPreset({ conversation, models: conversation.models, notices, announce() {} }, preset);
  await leave(opened);
  await api.answer('changeChat', { ...chat, temperature: 1 });
  assert.equal(conversation.outbox.typed.value, '');
});

test('a reply that was edited in a chat that was left is the one shown there', async () => {
  const opened = await loaded();
  const { api, conversation } = opened;
  await leave(opened);
  conversation.add('c', reply('a2', 'q1', 'By hand'));
  assert.deepEqual(shown(conversation), ['z', 'y']);
  assert.equal(api.count('readChat'), 2);
  await comeBack(opened, [...old, reply('a2', 'q1', 'By hand'), reply('a3', 'q1')]);
  assert.deepEqual(shown(conversation), ['q1', 'a2']);
});

test('a reply that was edited is shown though the chat cannot be read again', async () => {
  const { api, conversation } = await loaded();
  conversation.add('c', reply('a2', 'q1', 'By hand'));
  assert.deepEqual(shown(conversation), ['q1', 'a2']);
  assert.equal(conversation.thread.get('a2').content, 'By hand');
  conversation.refresh();
  await api.answer('readChat', new TypeError('Failed to fetch'));
  assert.deepEqual(shown(conversation), ['q1', 'a2']);
});

test('a change of one chat that is refused takes back nothing that the list learned meanwhile',
  async () => {
    const { api, notices } = openPage();
    const chats = new Chats({ api, notices });
    chats.load();
    await api.answer('readChats', { chats: [{ id: 'c', title: 'Old' }], cursor: null });
    chats.change('c', { title: 'New' });
    chats.load();
    await api.answer('readChats', {
      chats: [{ id: 'e', title: 'Younger' }, { id: 'c', title: 'New', running: true }],
      cursor: null,
    });
    await api.answer('changeChat', new Problem(500, { detail: 'No.' }));
    assert.deepEqual(chats.list.value, [
      { id: 'e', title: 'Younger' }, { id: 'c', title: 'Old', running: true },
    ]);
  });

test('a chat that was made of another is opened for who is still there, and named to who is not',
  async () => {
    const fork = async (meanwhile) => {
      const { conversation, notices, went } = openPage();
      const said = [];
      const list = { value: [{ id: 'f', title: 'Fork' }] };
      const around = {
        chats: { load: async () => {}, list }, conversation, notices,
        router: { go: (path) => went.push(path) }, toasts: { say: (toast) => said.push(toast) },
      };
      conversation.open('c');
      globalThis.fetch = async () => Response.json({ chat: 'f' });
      const forking = forkChat({ id: 'a1' }, around);
      meanwhile(conversation);
      await forking;
      return { went, said };
    };
    assert.deepEqual((await fork(() => {})).went, ['/c/f']);
    const { went, said } = await fork((conversation) => conversation.open('d'));
    assert.deepEqual(went, []);
    assert.deepEqual([said[0].chat, said[0].text('Fork')], ['f', 'The new chat Fork is in the list.']);
  });
