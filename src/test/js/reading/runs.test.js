import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { newReply, read } = await page('js/reading/reply.js');
const { partsOf } = await page('js/reading/runs.js');

const empty = newReply({ id: 'r', parent: 'p', model: null });
const start = (resumed) => ({ id: '0', event: 'start', data: { model: 'm', resumed } });
let cursor = 0;
const reasoning = (content) => ({ id: `${(cursor += 1)}`, event: 'reasoning', data: { content } });
const message = (content) => ({ id: `${(cursor += 1)}`, event: 'message', data: { content } });
const after = (reply, ...events) => events.reduce(read, reply);
const thought = (content) => ({ thought: true, content });
const said = (content) => ({ thought: false, content });

test('thoughts between two texts are shown between them', () => {
  const reply = after(
    empty, start(false), reasoning('a'), reasoning('b'), message('c'), reasoning('d'), message('e'),
  );
  assert.deepEqual(partsOf(reply), [thought('ab'), said('c'), thought('d'), said('e')]);
  assert.equal(reply.content, 'ce');
  assert.equal(reply.reasoning, 'abd');
});

test('a stored reply is shown in the same order, whether it lists its runs or need not', () => {
  const plain = { content: 'so', reasoning: 'hm' };
  assert.deepEqual(partsOf(plain), [thought('hm'), said('so')]);
  assert.deepEqual(partsOf({ content: 'so', reasoning: '' }), [said('so')]);
  const runs = [
    { kind: 'text', content: 'a' },
    { kind: 'reasoning', content: 'b' },
    { kind: 'refusal', content: 'c' },
  ];
  assert.deepEqual(partsOf({ ...plain, runs }), [said('a'), thought('b'), said('c')]);
});

test('a reply that is read on from where a stored one ended goes on with its last run', () => {
  const stored = { ...empty, runs: undefined, content: 'so', reasoning: 'hm', cursor: '0' };
  const reply = after(stored, start(true), message(' it'), reasoning('again'), message(' is'));
  assert.deepEqual(partsOf(reply), [thought('hm'), said('so it'), thought('again'), said(' is')]);
});

test('what cannot be resumed is dropped as a whole', () => {
  const old = [message('old'), reasoning('old')];
  const reply = after(empty, start(false), ...old, start(false), message('new'));
  assert.deepEqual(partsOf(reply), [said('new')]);
});

test('calls of functions and blank text are not shown and part nothing', () => {
  const runs = [
    { kind: 'reasoning', content: 'a' },
    { kind: 'text', content: '\n\n' },
    { kind: 'reasoning', content: 'b' },
    { kind: 'text', content: 'c' },
    { kind: 'function_call', id: '1', name: 'f', content: '{}' },
    { kind: 'text', content: 'd' },
  ];
  assert.deepEqual(partsOf({ runs }), [thought('ab'), said('cd')]);
});
