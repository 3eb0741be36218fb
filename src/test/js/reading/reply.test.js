import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { canContinue, keepCursor, newReply, read, reopen } = await page('js/reading/reply.js');

const start = (resumed, id = '0') => ({
  id,
  event: 'start',
  data: { reply: 'r', chat: 'c', model: 'm', resumed },
});
const message = (id, content) => ({ id, event: 'message', data: { content } });
const reasoning = (id, content) => ({ id, event: 'reasoning', data: { content } });
const stop = (id, status = 'complete') => ({
  id,
  event: 'stop',
  data: { status, finish_reason: 'stop', usage: null, error: null },
});

const empty = newReply({ id: 'r', parent: 'p', model: null });
const after = (...events) => events.reduce(read, empty);

test('the pieces of a reply are joined in the order in which they come', () => {
  const reply = after(
    start(false),
    reasoning('1', 'Hm'),
    reasoning('2', 'm.'),
    message('3', 'Hel'),
    message('4', 'lo'),
  );
  assert.equal(reply.content, 'Hello');
  assert.equal(reply.reasoning, 'Hmm.');
  assert.equal(reply.cursor, '4');
});

test('a reader that resumes goes on behind what it has', () => {
  const reply = after(start(false), message('1', 'one '), start(true, '1'), message('2', 'two'));
  assert.equal(reply.content, 'one two');
});

test('a reader that cannot resume drops what it has and takes the whole', () => {
  const reply = after(
    start(false),
    reasoning('1', 'old'),
    message('2', 'old'),
    start(false),
    message('9', 'new'),
  );
  assert.equal(reply.content, 'new');
  assert.equal(reply.reasoning, '');
});

test('the same event twice adds its text once', () => {
  const reply = after(start(false), message('1', 'once'), message('1', 'once'));
  assert.equal(reply.content, 'once');
});

test('stop gives the reply its final state, and nothing after it changes the text', () => {
  const problem = { title: 'Upstream failed', status: 502, detail: 'It closed early.' };
  const failed = {
    id: '2',
    event: 'stop',
    data: { status: 'failed', finish_reason: null, usage: null, error: problem },
  };
  const reply = after(
    start(false),
    message('1', 'half'),
    failed,
    message('3', ' more'),
    start(false, '4'),
  );
  assert.equal(reply.status, 'failed');
  assert.equal(reply.error, problem);
  assert.equal(reply.content, 'half');
});

test('a continued reply grows from where it ended', () => {
  const stopped = after(start(false), message('1', 'half'), stop('2', 'stopped'));
  const reply = [start(true, '2'), message('3', ' and half'), stop('4')].reduce(
    read,
    reopen(stopped),
  );
  assert.equal(reply.content, 'half and half');
  assert.equal(reply.status, 'complete');
});

test('events of a later server that this page does not know are left alone', () => {
  const reply = after(start(false), message('1', 'text'));
  assert.equal(read(reply, { id: '2', event: 'tool', data: {} }), reply);
  assert.equal(read(reply, { id: '2', event: 'constructor', data: {} }), reply);
});

test('only a reply that is not whole can be continued', () => {
  const reply = (status, content = 'text', finish_reason = null) => ({
    status,
    content,
    finish_reason,
  });
  assert.ok(canContinue(reply('interrupted')));
  assert.ok(canContinue(reply('stopped')));
  assert.ok(canContinue(reply('complete', 'text', 'length')));
  assert.ok(canContinue(reply('failed', 'some text')));
  assert.ok(!canContinue(reply('failed', '')));
  assert.ok(!canContinue(reply('complete', 'text', 'stop')));
  assert.ok(!canContinue(reply('streaming')));
});

test('the cursor of an end is kept only for exactly the text to which it belongs', () => {
  const known = after(start(false), message('1', 'half'), stop('2', 'stopped'));
  const { cursor, ...stored } = known;
  assert.equal(keepCursor(stored, known).cursor, '2');
  assert.equal(keepCursor({ ...stored, content: 'half and more' }, known).cursor, undefined);
  assert.equal(keepCursor({ ...stored, cursor: '7' }, known).cursor, '7');
  assert.equal(keepCursor(stored, undefined).cursor, undefined);
});
