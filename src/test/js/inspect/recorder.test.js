import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { Recorder } = await page('js/inspect/recorder.js');
const { eventsVerdict, socketVerdict } = await page('js/inspect/path-check.js');

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));
const reply = { kind: 'reply', reply: 'r' };

/** A line whose connections are played by the test, one act each; after the last it stays open. */
function playedLine(...acts) {
  const cursors = [];
  return {
    cursors,
    path: () => '/x',
    async read(source, after, wire) {
      cursors.push(after);
      const act = acts.shift();
      if (act) return act(wire);
      return new Promise((_, reject) =>
        wire.signal.addEventListener('abort', () => reject(wire.signal.reason)),
      );
    },
  };
}

function recorderOf(line) {
  const rows = [];
  const recorder = new Recorder(line, {
    onRow: (row) => rows.push(row),
    onChange() {},
    onClear() {},
  });
  return { recorder, rows };
}

const open = (wire) =>
  new Promise((_, reject) =>
    wire.signal.addEventListener('abort', () => reject(wire.signal.reason)),
  );
const message = (id, content) => ({ id, event: 'message', data: JSON.stringify({ content }) });
const start = (id, resumed) => ({ id, event: 'start', data: JSON.stringify({ resumed }) });

test('a dropped line comes back with its cursor and joins what it read', async () => {
  const line = playedLine(
    (wire) => {
      wire.frame(start('0', false));
      wire.frame(message('1', 'one '));
      return open(wire);
    },
    (wire) => {
      wire.frame(start('1', true));
      wire.frame(message('2', 'two'));
      return open(wire);
    },
  );
  const { recorder } = recorderOf(line);
  recorder.start(reply);
  await soon();
  recorder.drop();
  recorder.reconnect();
  await soon();
  recorder.reconnect();
  await soon();
  assert.deepEqual(line.cursors.slice(0, 2), [null, '1']);
  assert.equal(recorder.stats.text, 'one two');
  recorder.start({ kind: 'reply' });
  recorder.offline = true;
});

test('a text that begins anew is not joined to the old one', async () => {
  const line = playedLine((wire) => {
    wire.frame(start('0', false));
    wire.frame(message('1', 'old'));
    wire.frame(start('0', false));
    wire.frame(message('9', 'new'));
    return 'over';
  });
  const { recorder } = recorderOf(line);
  recorder.start(reply);
  await soon();
  assert.equal(recorder.stats.text, 'new');
  assert.equal(recorder.state, 'over');
});

test('offline nothing is asked, and online it goes on from the cursor', async () => {
  const line = playedLine((wire) => {
    wire.frame(message('1', 'a'));
    return open(wire);
  });
  const { recorder } = recorderOf(line);
  recorder.start(reply);
  await soon();
  recorder.offline = true;
  await soon();
  assert.equal(recorder.state, 'offline');
  assert.equal(line.cursors.length, 1);
  recorder.offline = false;
  await soon();
  assert.deepEqual(line.cursors, [null, '1']);
  recorder.offline = true;
});

test('after stop the line rests', async () => {
  const line = playedLine((wire) => {
    wire.frame({ id: '1', event: 'stop', data: '{}' });
    return 'ended';
  });
  const { recorder } = recorderOf(line);
  recorder.start(reply);
  await soon();
  assert.equal(recorder.state, 'over');
  assert.equal(line.cursors.length, 1);
});

test('heartbeats are counted and do not move the cursor', async () => {
  const line = playedLine((wire) => {
    wire.frame(message('1', 'a'));
    wire.frame({ comment: '' });
    return 'over';
  });
  const { recorder, rows } = recorderOf(line);
  recorder.start(reply);
  await soon();
  assert.equal(recorder.stats.heartbeats, 1);
  assert.equal(recorder.cursor, '1');
  assert.equal(rows.filter(({ said }) => said === undefined).length, 2);
});

test('a proxy that holds events back is named, with the line to add', () => {
  const { level, text, lines } = eventsVerdict({
    server: 'nginx/1.22',
    status: 200,
    arrived: 6,
    sent: 1000,
    took: 3,
  });
  assert.equal(level, 'bad');
  assert.match(text, /^nginx\/1.22 holds events back/);
  assert.match(lines.join(), /proxy_buffering off/);
  assert.doesNotMatch(lines.join(), /Caddy/);
});

test('a way that lets events through as they leave is healthy', () => {
  assert.equal(
    eventsVerdict({ server: '', status: 200, arrived: 6, sent: 1000, took: 990 }).level,
    'good',
  );
  assert.equal(socketVerdict(2, '').level, 'good');
});

test('an unnamed proxy gets the lines of the usual ones', () => {
  assert.equal(
    eventsVerdict({ server: '', status: 200, arrived: 6, sent: 1000, took: 3 }).lines.length,
    2,
  );
});
