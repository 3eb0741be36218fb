import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { FakeWorld, settle } from '../support/fake-world.js';

const { openReply } = await page('js/reading/reply-stream.js');
const { Problem } = await page('js/api.js');

function open({ after, isOver = async () => false, world = new FakeWorld() } = {}) {
  const events = [];
  const states = [];
  const close = openReply('r1', {
    after, isOver, world,
    onEvent: ({ id }) => events.push(id),
    onState: (state) => state !== states.at(-1) && states.push(state),
  });
  return { world, events, states, close };
}

const last = (list) => list.at(-1);

test('a reply is read from its cursor', () => {
  const { world } = open({ after: 'c/1' });
  assert.equal(world.sources[0].url, '/api/sse/r1?after=c%2F1');
  assert.equal(open().world.sources[0].url, '/api/sse/r1');
});

test('after a cut it goes on from the last event that came', async () => {
  const { world, events, states } = open();
  world.sources[0].say('start', '0', { resumed: false });
  world.sources[0].say('message', '5', { content: 'Hello' });
  world.sources[0].break({ refused: false });
  assert.equal(last(states), 'reconnecting');
  await world.pass(300);
  assert.equal(world.sources[1].url, '/api/sse/r1?after=5');
  world.sources[1].say('start', '5', { resumed: true });
  assert.equal(last(states), 'reading');
  assert.deepEqual(events, ['0', '5', '5']);
});

test('the longer the server is away, the rarer it is asked, but at least every ten seconds', async () => {
  const { world } = open();
  const waits = [];
  for (let attempt = 1; attempt < 12; attempt += 1) {
    const began = world.clock;
    last(world.sources).break({ refused: false });
    while (world.sources.length === attempt) await world.pass(50);
    waits.push(world.clock - began);
  }
  assert.ok(waits[0] <= 300, `first ${waits[0]}`);
  assert.ok(waits.slice(6).every((wait) => wait >= 5_000 && wait <= 10_000), `later ${waits}`);
});

test('when the network or the user comes back it connects at once', async () => {
  const { world } = open();
  world.sources[0].break({ refused: false });
  world.back({ surely: false });
  assert.equal(world.sources.length, 2);
});

test('a reader that is served is left alone when the user looks at it, but not when the network was away', () => {
  const { world } = open();
  world.sources[0].say('start', '0');
  world.back({ surely: false });
  assert.equal(world.sources.length, 1);
  world.back({ surely: true });
  assert.equal(world.sources.length, 2);
  assert.ok(world.sources[0].closed);
});

test('a page that is put away lets go of its connection, and when it comes back it reads on from its place', () => {
  const { world } = open();
  world.sources[0].say('message', '5');
  world.away();
  assert.ok(world.sources[0].closed);
  assert.equal(world.taken, 0);
  world.back({ surely: true });
  assert.equal(world.sources.length, 1);
  world.backFromAway();
  assert.equal(world.sources[1].url, '/api/sse/r1?after=5');
  assert.equal(world.taken, 1);
});

test('stop ends it: nothing is opened again', async () => {
  const { world, close } = open();
  world.sources[0].say('start', '0');
  world.sources[0].say('stop', '9');
  assert.ok(world.sources[0].closed && !world.listening);
  world.back({ surely: true });
  await world.pass(60_000);
  assert.equal(world.sources.length, 1);
  close();
});

test('a refused connection to a reply that is over, a 204 say, is the end', async () => {
  const { world, states } = open({ after: '9', isOver: async () => true });
  world.sources[0].break({ refused: true });
  await world.pass(60_000);
  assert.equal(last(states), 'over');
  assert.equal(world.sources.length, 1);
});

test('a refused connection while the whole server is away is tried again the same way', async () => {
  const { world } = open({ isOver: () => Promise.reject(new TypeError('fetch failed')) });
  world.sources[0].break({ refused: true });
  await world.pass(300);
  assert.equal(world.sources.length, 2);
  assert.equal(world.sockets.length, 0);
});

test('a refused connection while the server answers and the reply runs leads to the next transport', async () => {
  const { world } = open({ after: '5' });
  world.sources[0].break({ refused: true });
  await world.pass(300);
  assert.equal(world.sockets[0].url, 'wss://runnel.example/api/ws/r1?after=5');
});

test('a connection on which nothing comes for four seconds leads from SSE over WebSocket to long polling', async () => {
  const { world } = open({ after: '5' });
  await world.pass(3_900);
  assert.equal(world.sockets.length, 0);
  await world.pass(200);
  assert.ok(world.sources[0].closed);
  assert.equal(world.sockets.length, 1);
  await world.pass(4_000);
  assert.ok(world.sockets[0].closed);
  assert.equal(last(world.polls).after, '5');
});

test('what does not get through is not tried again in this tab', async () => {
  const storage = new Map();
  const first = open({ world: new FakeWorld(storage) });
  await first.world.pass(4_000);
  const second = open({ world: new FakeWorld(storage) });
  assert.equal(second.world.sources.length, 0);
  assert.equal(second.world.sockets.length, 1);
});

test('a stream that comes in lumps leads to the next transport, from its cursor', async () => {
  const { world } = open();
  world.sources[0].say('start', '0');
  for (let lump = 0; lump < 3; lump += 1) {
    await world.pass(3_000);
    for (let token = 0; token < 10; token += 1) last(world.sources).say('message', `${lump}.${token}`, { content: 'x' });
  }
  assert.equal(world.sockets[0].url, 'wss://runnel.example/api/ws/r1?after=2.0');
});

test('what a connection says that was given up is not heard', async () => {
  const { world, events } = open();
  await world.pass(4_000);
  world.sources[0].say('message', 'late', { content: 'late' });
  assert.deepEqual(events, []);
});

test('a stream that is silent for long is opened again, for connections can die without a word', async () => {
  const { world } = open();
  world.sources[0].say('start', '0');
  await world.pass(45_000);
  assert.equal(world.sources[1].url, '/api/sse/r1?after=0');
});

test('a WebSocket that spoke and was cut is opened again from the cursor', async () => {
  const { world, events } = open({ world: new FakeWorld(new Map([['runnel.unfit-transports', '["sse"]']])) });
  world.sockets[0].say('start', '0');
  world.sockets[0].say('message', '3', { content: 'abc' });
  world.sockets[0].break();
  await world.pass(300);
  assert.match(world.sockets[1].url, /after=3$/);
  assert.deepEqual(events, ['0', '3']);
});

const polling = () => new FakeWorld(new Map([['runnel.unfit-transports', '["sse","ws"]']]));

test('long polling asks again from the cursor of each answer until stop', async () => {
  const { world, events } = open({ world: polling() });
  assert.equal(world.polls[0].after, null);
  world.polls[0].answer({ events: [{ id: '0', event: 'start', data: {} }, { id: '4', event: 'message', data: {} }], cursor: '4' });
  await settle();
  assert.equal(world.polls[1].after, '4');
  world.polls[1].answer({ events: [{ id: '9', event: 'stop', data: {} }], cursor: '9' });
  await settle();
  assert.equal(world.polls.length, 2);
  assert.deepEqual(events, ['0', '4', '9']);
});

test('long polling waits on after an empty answer that took its time, and asks what is wrong after a quick one', async () => {
  let asked = 0;
  const { world, states } = open({ world: polling(), after: '4', isOver: async () => Boolean(asked += 1) });
  await world.pass(25_000);
  world.polls[0].answer({ events: [], cursor: '4' });
  await settle();
  assert.equal(world.polls.length, 2);
  assert.equal(asked, 0);
  world.polls[1].answer({ events: [], cursor: '4' });
  await settle();
  assert.equal(last(states), 'over');
});

test('long polling outlives a server that is away or stopping', async () => {
  const { world } = open({ world: polling(), after: '4' });
  world.polls[0].fail(new TypeError('fetch failed'));
  await world.pass(300);
  world.polls[1].fail(new Problem(503, { detail: 'Stopping.' }));
  await world.pass(1_000);
  assert.equal(world.polls[2].after, '4');
});

test('closing it closes the connection and stops waiting', async () => {
  const { world, close } = open();
  world.sources[0].say('start', '0');
  close();
  assert.ok(world.sources[0].closed && !world.listening);
  assert.equal(world.timers.size, 0);
});

test('a silent connection is not blamed while nothing else gets through either', async () => {
  const { world } = open({ after: '5', isOver: () => new Promise(() => {}) });
  await world.pass(4_000 + 4_000 + 300);
  assert.equal(world.sockets.length, 0);
  assert.equal(world.sources.length, 2);
});

test('an answer that comes when it is already connected again changes nothing', async () => {
  let answer;
  const { world } = open({ after: '5', isOver: () => new Promise((resolve) => (answer = resolve)) });
  await world.pass(4_000);
  world.back({ surely: true });
  answer(false);
  await settle();
  assert.equal(world.sources.length, 2);
  assert.equal(world.sockets.length, 0);
});

test('where streams hold all the connections that they may, it reads by WebSocket, and by short polls where that fails', async () => {
  const world = new FakeWorld();
  world.crowded = true;
  open({ world, after: '5' });
  assert.equal(world.sources.length, 0);
  assert.equal(world.sockets.length, 1);
  await world.pass(4_000);
  assert.equal(last(world.polls).wait, 1);
});

test('it gives its connection back when the reply ends', () => {
  const { world } = open();
  assert.equal(world.taken, 1);
  world.sources[0].say('start', '0');
  world.sources[0].say('stop', '9');
  assert.equal(world.taken, 0);
});
