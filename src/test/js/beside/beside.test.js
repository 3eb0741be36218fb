import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { settle } from '../support/fake-browser.js';
import { openPage, prompt, reply, shown } from '../support/chat-page.js';

const { Thread } = await page('js/reading/thread.js');

const chat = { id: 'c', title: 'Old', model: 'one' };
const running = (id, parent, created) => ({ ...reply(id, parent, id, 'streaming'), created });
const columns = (thread) => thread.columns.value.map((each) => each.peek().id);

async function loaded(messages) {
  const opened = openPage();
  opened.conversation.open('c');
  await opened.api.answer('readChat', { ...chat, messages });
  return opened;
}

test('a prompt goes to all models that were chosen for it, and the next one to one', async () => {
  const { api, conversation } = await loaded([]);
  conversation.models.others.value = ['two'];
  conversation.send('Hello');
  await settle();
  const [request] = await api.answer('sendPrompt', {
    chat: 'c', message: 'q', reply: 'r2', sse: '',
    replies: [{ reply: 'r2', model: 'one' }, { reply: 'r1', model: 'two' }],
  });
  assert.deepEqual(request.models, ['one', 'two']);
  assert.equal(request.model, undefined);
  assert.deepEqual(shown(conversation), ['q', 'r2']);
  assert.deepEqual(columns(conversation.thread), ['r2', 'r1']);
  assert.equal(conversation.thread.get('r1').model, 'two');
  assert.deepEqual(conversation.models.others.value, []);
});

test('who comes later sees the replies that run to one prompt side by side', () => {
  const thread = new Thread();
  thread.merge([prompt('q'), running('a', 'q', 5), running('b', 'q', 5)]);
  assert.deepEqual(columns(thread), ['b', 'a']);
  thread.change('b', (each) => ({ ...each, status: 'complete' }));
  assert.equal(thread.running.value, true);
  assert.deepEqual(columns(thread), ['b', 'a'], 'what is done stays beside what runs');
});

test('what was asked for in the same moment is read beside what still runs of it', () => {
  const thread = new Thread();
  const old = { ...reply('old', 'q'), created: 1 };
  thread.merge([prompt('q'), old, { ...reply('a', 'q'), created: 5 }, running('b', 'q', 5)]);
  assert.deepEqual(columns(thread), ['b', 'a']);
});

test('a reply alone is no column, nor is what runs in another branch', () => {
  const thread = new Thread();
  thread.merge([prompt('q'), { ...reply('a', 'q'), created: 1 }, running('b', 'q', 2)]);
  assert.deepEqual(columns(thread), []);
  thread.merge([prompt('q'), running('a', 'q', 1), running('b', 'q', 1), prompt('q2'), reply('z', 'q2')]);
  assert.deepEqual(columns(thread), []);
});

test('the one that is kept is gone on from, and those beside it are stopped', async () => {
  const { api, conversation } = await loaded([
    prompt('q', null), running('a', 'q', 5), running('b', 'q', 5),
  ]);
  conversation.keep(conversation.thread.get('a'));
  assert.deepEqual(columns(conversation.thread), []);
  assert.deepEqual(shown(conversation), ['q', 'a']);
  assert.deepEqual(conversation.thread.siblings({ id: 'a', parent: 'q' }).map(({ id }) => id), ['a', 'b']);
  assert.equal(api.count('stopReply'), 1);
  assert.deepEqual(api.next('stopReply').asked, ['b']);
});
