import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { deliver, newId, withId } = await page('js/sending/delivery.js');
const { Problem } = await page('js/api.js');
const { Drafts } = await page('js/sending/drafts.js');

const made = { chat: 'c', message: 'm', reply: 'r', sse: '/api/sse/r' };

async function sent(...answers) {
  const seen = [];
  let retries = 0;
  const post = async (send) => {
    seen.push(send.id);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const options = {
    post,
    pause: async () => {},
    onRetry: () => (retries += 1),
    signal: new AbortController().signal,
  };
  const result = await deliver({ id: 'same', prompt: 'Hi' }, options).catch((error) => error);
  return { result, seen, retries };
}

test('a prompt whose answer was lost is sent again under the same id until there is one', async () => {
  const { result, seen, retries } = await sent(
    new TypeError('fetch failed'),
    new Problem(502),
    new Problem(504),
    made,
  );
  assert.equal(result, made);
  assert.deepEqual(seen, ['same', 'same', 'same', 'same']);
  assert.equal(retries, 3);
});

for (const status of [400, 409, 413, 422, 429, 503]) {
  test(`a ${status} is an answer: the prompt is not sent again`, async () => {
    const { result, seen } = await sent(new Problem(status, { detail: 'No.' }), made);
    assert.equal(result.status, status);
    assert.equal(result.message, 'No.');
    assert.equal(seen.length, 1);
  });
}

test('that the server reaches no model server is an answer, whatever status it has', async () => {
  const type = 'urn:runnel:upstream-unreachable';
  const { result, seen } = await sent(new Problem(502, { type, detail: 'Not reached.' }), made);
  assert.equal(result.message, 'Not reached.');
  assert.equal(seen.length, 1);
});

test('the same prompt keeps its id over a reload, another one gets another', () => {
  const first = withId({ prompt: 'Hi', chat: 'c', parent: 'p' });
  assert.equal(withId({ prompt: 'Hi', chat: 'c', parent: 'p' }, first).id, first.id);
  assert.equal(
    withId(
      { prompt: 'Hi', chat: 'c', parent: 'p', model: undefined },
      JSON.parse(JSON.stringify(first)),
    ).id,
    first.id,
  );
  assert.notEqual(withId({ prompt: 'Hi!', chat: 'c', parent: 'p' }, first).id, first.id);
  assert.notEqual(withId({ prompt: 'Hi', chat: 'c', parent: 'q' }, first).id, first.id);
  const asked = withId({ prompt: 'Hi', model: 'one' });
  assert.deepEqual(withId({ prompt: 'Hi', model: undefined }, asked), asked);
  assert.notEqual(withId({ prompt: 'Hi', model: 'two' }, asked).id, asked.id);
});

test('a prompt for several models is over a reload, which forgets them, the same and for the same', () => {
  const models = ['one', 'two'];
  const asked = JSON.parse(JSON.stringify(withId({ prompt: 'Hi', models })));
  assert.deepEqual(withId({ prompt: 'Hi', models }, asked), asked);
  assert.deepEqual(withId({ prompt: 'Hi', model: 'one' }, asked), asked);
  assert.deepEqual(withId({ prompt: 'Hi', model: undefined }, asked), asked);
  assert.notEqual(withId({ prompt: 'Hi', model: 'two' }, asked).id, asked.id);
  const others = { prompt: 'Hi', models: ['one', 'three'] };
  assert.notEqual(withId(others, asked).id, asked.id);
  assert.deepEqual(withId(others, asked).models, others.models);
  const alone = withId({ prompt: 'Hi', model: 'one' });
  assert.notEqual(withId({ prompt: 'Hi', models }, alone).id, alone.id);
});

test('an id is a UUID also where the browser has no randomUUID', () => {
  const getRandomValues = (bytes) => bytes.fill(0xff);
  assert.equal(newId({ getRandomValues }), 'ffffffff-ffff-4fff-bfff-ffffffffffff');
  assert.match(newId(), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

function drafts() {
  const items = new Map();
  const storage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
    keys: () => [...items.keys()],
  };
  return { items, open: () => new Drafts({ storage, tab: 't' }) };
}

test('a prompt that is on its way is still there after a reload, with what was typed meanwhile', () => {
  const { open } = drafts();
  open().sending('c', { id: '1', prompt: 'Hi' }, 'and then');
  assert.equal(open().textOf('c'), 'Hi\n\nand then');
  assert.equal(open().sendOf('c').id, '1');
  assert.equal(open().textOf(null), '');
});

test('a prompt is forgotten when the server has it, and only then, and only it', () => {
  const { items, open } = drafts();
  open().sending('c', { id: '1', prompt: 'Hi' }, 'and then');
  open().taken('c', { id: '1', prompt: 'Hi' });
  assert.equal(open().textOf('c'), 'and then');
  assert.equal(open().sendOf('c'), null);
  open().type('c', '');
  assert.equal(items.size, 0);
});
