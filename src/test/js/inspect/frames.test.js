import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { frameParser } = await page('js/inspect/frames.js');

const stream =
  'retry: 1000\nid: a.0\nevent: start\ndata: {"reply":"r"}\n\n:\n\n: words\n\nid: a.1\nevent: message\ndata: {"content":"é: 👋"}\n\n';

const told = ({ event, id, retry, comment, data }) => [event, id, retry, comment, data];

test('every frame is seen, with retry, ids and heartbeats, in whatever pieces it comes', () => {
  const whole = frameParser()(stream).map(told);
  assert.deepEqual(whole, [
    ['start', 'a.0', '1000', undefined, '{"reply":"r"}'],
    [undefined, undefined, undefined, '', undefined],
    [undefined, undefined, undefined, 'words', undefined],
    ['message', 'a.1', undefined, undefined, '{"content":"é: 👋"}'],
  ]);
  for (let size = 1; size < stream.length; size += 1) {
    const parse = frameParser();
    const seen = [];
    for (let at = 0; at < stream.length; at += size)
      seen.push(...parse(stream.slice(at, at + size)));
    assert.deepEqual(seen.map(told), whole, `pieces of ${size}`);
  }
});

test('a frame counts only once its empty line has come', () => {
  assert.deepEqual(frameParser()('id: 1\ndata: half\n'), []);
});

test('lines that end with CR LF are read the same', () => {
  assert.equal(frameParser()('event: x\r\ndata: 1\r\n\r\n')[0].data, '1');
});

test('data over several lines is joined by line breaks', () => {
  assert.equal(frameParser()('data: 1\ndata:2\n\n')[0].data, '1\n2');
});
