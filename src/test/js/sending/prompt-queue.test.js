import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { PromptQueue } = await page('js/sending/prompt-queue.js');

function opened(api) {
  const told = [];
  const queue = new PromptQueue({
    api: { readQueue: async () => ({ queued: api.rows }), ...api },
    notices: { report: (error) => told.push(error.message) },
    browser: { setTimeout: (act) => setTimeout(act, 0) },
    busy: { value: false },
    look: async () => api.look?.(),
  });
  queue.open('c');
  return { queue, told };
}

test('what the server did not take keeps its id, so that it waits once', async () => {
  const asked = [];
  let fails = true;
  const { queue, told } = opened({
    rows: [],
    async queuePrompt(chat, send) {
      asked.push(send);
      if (fails) throw new Error('No network.');
    },
  });
  assert.equal(await queue.add('two'), false);
  fails = false;
  assert.equal(await queue.add('two'), true);
  assert.equal(await queue.add('two'), true);
  assert.deepEqual(told, ['No network.']);
  assert.equal(asked[0].id, asked[1].id);
  assert.notEqual(asked[1].id, asked[2].id);
});

test('a second Enter while the first is on its way adds nothing', async () => {
  const asked = [];
  const { queue } = opened({ rows: [], queuePrompt: async (chat, send) => asked.push(send) });
  await Promise.all([queue.add('two'), queue.add('two')]);
  assert.equal(asked.length, 1);
});

test('a chat without an id has no queue', async () => {
  const { queue } = opened({ rows: [] });
  queue.open(null);
  assert.equal(await queue.add('two'), false);
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
