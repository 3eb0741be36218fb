import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { openPage, prompt, reply } from '../support/chat-page.js';

const { PromptQueue } = await page('js/sending/prompt-queue.js');

function opened(api) {
  const told = [];
  const queue = new PromptQueue({
    api: { readQueue: async () => ({ queued: api.rows }), ...api },
    notices: { report: (error) => told.push(error.message) },
    browser: { setTimeout: (act) => setTimeout(act, 0) },
    busy: { value: false },
    look: async () => api.look?.(),
    onRead() {},
  });
  queue.open('c');
  return { queue, told };
}

test('what the server did not take keeps its id, so that it waits once', async () => {
  const { api, notices, conversation } = openPage();
  conversation.open('c');
  const messages = [prompt('q1', null), reply('a1', 'q1', 'Half', 'streaming')];
  await api.answer('readChat', { id: 'c', messages });
  const enqueue = async (text, answer) => {
    conversation.outbox.type(text);
    conversation.enqueue(text);
    const [, { id }] = await api.answer('queuePrompt', answer);
    await api.answer('readQueue', { queued: [] });
    return id;
  };
  const first = await enqueue('two', new Error('No network.'));
  assert.deepEqual(notices.list.value.map(({ text }) => text), ['No network.']);
  assert.equal(await enqueue('two', {}), first);
  assert.notEqual(await enqueue('two', {}), first);
});

test('a second Enter while the first is on its way adds nothing', async () => {
  const asked = [];
  const { queue } = opened({ rows: [], queuePrompt: async (chat, send) => asked.push(send) });
  await Promise.all([queue.add({ prompt: 'two' }), queue.add({ prompt: 'two' })]);
  assert.equal(asked.length, 1);
});

test('a chat without an id has no queue', async () => {
  const { queue } = opened({ rows: [] });
  queue.open(null);
  assert.equal(await queue.add({ prompt: 'two' }), false);
});

test('the list of a chat that was left is not shown in another', async () => {
  let give;
  const { queue } = opened({ readQueue: () => new Promise((resolve) => (give = resolve)) });
  const reading = queue.refresh();
  queue.open('d');
  give({ queued: [{ id: 'q', prompt: 'two' }] });
  await reading;
  assert.deepEqual(queue.list.value, []);
});

test('behind a complete reply the chat is looked at until the next prompt was sent', async () => {
  const api = { rows: [{ id: 'q', prompt: 'two' }] };
  let looks = 0;
  const { queue } = opened(Object.assign(api, {
    look() {
      looks += 1;
      if (looks === 2) queue.list.value = [];
    },
  }));
  await queue.refresh();
  await queue.awaitNext();
  assert.equal(looks, 2);
});
