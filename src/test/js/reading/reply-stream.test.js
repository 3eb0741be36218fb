import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { FakeBrowser, settle } from '../support/fake-browser.js';

const { openReply } = await page('js/reading/reply-stream.js');
const { Problem } = await page('js/api.js');

function open({ after, isOver = async () => false, browser = new FakeBrowser() } = {}) {
  const events = [];
  const states = [];
  const close = openReply('r1', {
    after,
    isOver,
    browser,
    onEvent: ({ id }) => events.push(id),
    onState: (state) => state !== states.at(-1) && states.push(state),
  });
  return { browser, events, states, close };
}

const last = (list) => list.at(-1);

test('a reply is read from its cursor', () => {
  const { browser } = open({ after: 'c/1' });
  assert.equal(browser.sources[0].url, '/api/sse/r1?after=c%2F1');
  assert.equal(open().browser.sources[0].url, '/api/sse/r1');
});

test('after a cut it goes on from the last event that came', async () => {
  const { browser, events, states } = open();
  browser.sources[0].say('start', '0', { resumed: false });
  browser.sources[0].say('message', '5', { content: 'Hello' });
  browser.sources[0].break({ refused: false });
  assert.equal(last(states), 'reconnecting');
  await browser.pass(300);
  assert.equal(browser.sources[1].url, '/api/sse/r1?after=5');
  browser.sources[1].say('start', '5', { resumed: true });
  assert.equal(last(states), 'reading');
  assert.deepEqual(events, ['0', '5', '5']);
});

test('the longer the server is away, the rarer it is asked, but at least every ten seconds', async () => {
  const { browser } = open();
  const waits = [];
  for (let attempt = 1; attempt < 12; attempt += 1) {
    const began = browser.clock;
    last(browser.sources).break({ refused: false });
    while (browser.sources.length === attempt) await browser.pass(50);
    waits.push(browser.clock - began);
  }
  assert.ok(waits[0] <= 300, `first ${waits[0]}`);
  assert.ok(
    waits.slice(6).every((wait) => wait >= 5_000 && wait <= 10_000),
    `later ${waits}`,
  );
});

test('when the network or the user comes back it connects at once', async () => {
  const { browser } = open();
  browser.sources[0].break({ refused: false });
  browser.back({ surely: false });
  assert.equal(browser.sources.length, 2);
});

test('a reader that is served is left alone when the user looks at it, but not when the network was away', () => {
  const { browser } = open();
  browser.sources[0].say('start', '0');
  browser.back({ surely: false });
  assert.equal(browser.sources.length, 1);
  browser.back({ surely: true });
  assert.equal(browser.sources.length, 2);
  assert.ok(browser.sources[0].closed);
});

test('a page that is put away lets go of its connection, and when it comes back it reads on from its place', () => {
  const { browser } = open();
  browser.sources[0].say('message', '5');
  browser.away();
  assert.ok(browser.sources[0].closed);
  assert.equal(browser.taken, 0);
  browser.back({ surely: true });
  assert.equal(browser.sources.length, 1);
  browser.backFromAway();
  assert.equal(browser.sources[1].url, '/api/sse/r1?after=5');
  assert.equal(browser.taken, 1);
});

test('stop ends it: nothing is opened again', async () => {
  const { browser, close } = open();
  browser.sources[0].say('start', '0');
  browser.sources[0].say('stop', '9');
  assert.ok(browser.sources[0].closed && !browser.listening);
  browser.back({ surely: true });
  await browser.pass(60_000);
  assert.equal(browser.sources.length, 1);
  close();
});

test('a refused connection to a reply that is over, a 204 say, is the end', async () => {
  const { browser, states } = open({ after: '9', isOver: async () => true });
  browser.sources[0].break({ refused: true });
  await browser.pass(60_000);
  assert.equal(last(states), 'over');
  assert.equal(browser.sources.length, 1);
});

test('a refused connection while the whole server is away is tried again the same way', async () => {
  const { browser } = open({ isOver: () => Promise.reject(new TypeError('fetch failed')) });
  browser.sources[0].break({ refused: true });
  await browser.pass(300);
  assert.equal(browser.sources.length, 2);
  assert.equal(browser.sockets.length, 0);
});

test('a refused connection while the server answers and the reply runs leads to the next transport', async () => {
  const { browser } = open({ after: '5' });
  browser.sources[0].break({ refused: true });
  await browser.pass(300);
  assert.equal(browser.sockets[0].url, 'wss://runnel.example/api/ws/r1?after=5');
});

test('a connection on which nothing comes for four seconds leads from SSE over WebSocket to long polling', async () => {
  const { browser } = open({ after: '5' });
  await browser.pass(3_900);
  assert.equal(browser.sockets.length, 0);
  await browser.pass(200);
  assert.ok(browser.sources[0].closed);
  assert.equal(browser.sockets.length, 1);
  await browser.pass(4_000);
  assert.ok(browser.sockets[0].closed);
  assert.equal(last(browser.polls).after, '5');
});

test('what does not get through is not tried again in this tab', async () => {
  const storage = new Map();
  const first = open({ browser: new FakeBrowser(storage) });
  await first.browser.pass(4_000);
  const second = open({ browser: new FakeBrowser(storage) });
  assert.equal(second.browser.sources.length, 0);
  assert.equal(second.browser.sockets.length, 1);
});

test('a stream that comes in bursts leads to the next transport, from its cursor', async () => {
  const { browser } = open();
  browser.sources[0].say('start', '0');
  for (let burst = 0; burst < 3; burst += 1) {
    await browser.pass(3_000);
    for (let token = 0; token < 10; token += 1)
      last(browser.sources).say('message', `${burst}.${token}`, { content: 'x' });
  }
  assert.equal(browser.sockets[0].url, 'wss://runnel.example/api/ws/r1?after=2.0');
});

test('what a connection says that was given up is not heard', async () => {
  const { browser, events } = open();
  await browser.pass(4_000);
  browser.sources[0].say('message', 'late', { content: 'late' });
  assert.deepEqual(events, []);
});

test('a stream that is silent for long is opened again, for connections can die without a word', async () => {
  const { browser } = open();
  browser.sources[0].say('start', '0');
  await browser.pass(45_000);
  assert.equal(browser.sources[1].url, '/api/sse/r1?after=0');
});

test('a WebSocket that spoke and was cut is opened again from the cursor', async () => {
  const { browser, events } = open({
    browser: new FakeBrowser(new Map([['runnel.unfit-transports', '["sse"]']])),
  });
  browser.sockets[0].say('start', '0');
  browser.sockets[0].say('message', '3', { content: 'abc' });
  browser.sockets[0].break();
  await browser.pass(300);
  assert.match(browser.sockets[1].url, /after=3$/);
  assert.deepEqual(events, ['0', '3']);
});

const polling = () => new FakeBrowser(new Map([['runnel.unfit-transports', '["sse","ws"]']]));

test('long polling asks again from the cursor of each answer until stop', async () => {
  const { browser, events } = open({ browser: polling() });
  assert.equal(browser.polls[0].after, null);
  browser.polls[0].answer({
    events: [
      { id: '0', event: 'start', data: {} },
      { id: '4', event: 'message', data: {} },
    ],
    cursor: '4',
  });
  await settle();
  assert.equal(browser.polls[1].after, '4');
  browser.polls[1].answer({ events: [{ id: '9', event: 'stop', data: {} }], cursor: '9' });
  await settle();
  assert.equal(browser.polls.length, 2);
  assert.deepEqual(events, ['0', '4', '9']);
});

test('long polling waits on after an empty answer that took its time, and asks what is wrong after a quick one', async () => {
  let asked = 0;
  const { browser, states } = open({
    browser: polling(),
    after: '4',
    isOver: async () => Boolean((asked += 1)),
  });
  await browser.pass(25_000);
  browser.polls[0].answer({ events: [], cursor: '4' });
  await settle();
  assert.equal(browser.polls.length, 2);
  assert.equal(asked, 0);
  browser.polls[1].answer({ events: [], cursor: '4' });
  await settle();
  assert.equal(last(states), 'over');
});

test('long polling outlives a server that is away or stopping', async () => {
  const { browser } = open({ browser: polling(), after: '4' });
  browser.polls[0].fail(new TypeError('fetch failed'));
  await browser.pass(300);
  browser.polls[1].fail(new Problem(503, { detail: 'Stopping.' }));
  await browser.pass(1_000);
  assert.equal(browser.polls[2].after, '4');
});

test('closing it closes the connection and stops waiting', async () => {
  const { browser, close } = open();
  browser.sources[0].say('start', '0');
  close();
  assert.ok(browser.sources[0].closed && !browser.listening);
  assert.equal(browser.timers.size, 0);
});

test('a silent connection is not blamed while nothing else gets through either', async () => {
  const { browser } = open({ after: '5', isOver: () => new Promise(() => {}) });
  await browser.pass(4_000 + 4_000 + 300);
  assert.equal(browser.sockets.length, 0);
  assert.equal(browser.sources.length, 2);
});

test('an answer that comes when it is already connected again changes nothing', async () => {
  let answer;
  const { browser } = open({
    after: '5',
    isOver: () => new Promise((resolve) => (answer = resolve)),
  });
  await browser.pass(4_000);
  browser.back({ surely: true });
  answer(false);
  await settle();
  assert.equal(browser.sources.length, 2);
  assert.equal(browser.sockets.length, 0);
});

test('where streams hold all the connections that they may, it reads by WebSocket, and by short polls where that fails', async () => {
  const browser = new FakeBrowser();
  browser.crowded = true;
  open({ browser, after: '5' });
  assert.equal(browser.sources.length, 0);
  assert.equal(browser.sockets.length, 1);
  await browser.pass(4_000);
  assert.equal(last(browser.polls).wait, 1);
});

test('it gives its connection back when the reply ends', () => {
  const { browser } = open();
  assert.equal(browser.taken, 1);
  browser.sources[0].say('start', '0');
  browser.sources[0].say('stop', '9');
  assert.equal(browser.taken, 0);
});

test('a page that is put away while it asks what is wrong opens nothing when the answer comes', async () => {
  let answer;
  const isOver = () => new Promise((_, reject) => (answer = reject));
  const { browser } = open({ after: '5', isOver });
  browser.sources[0].break({ refused: true });
  browser.away();
  answer(new TypeError('fetch failed'));
  await browser.pass(60_000);
  assert.equal(browser.sources.length, 1);
});
