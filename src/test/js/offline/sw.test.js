// The service worker with a network and a Cache Storage of which the test is the browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileOf } from '../support/page.js';

const source = readFileSync(fileOf('sw.js'), 'utf8');
const origin = 'https://runnel.example';
const html = '<script src="/a/index/main-1.js">';
const chat = (messages, more) => JSON.stringify({ id: 'c', messages, ...more });

/** Of Cache Storage what the worker asks of it. */
function memory() {
  const all = new Map();
  const urlOf = (key) => new URL(key.url ?? key, origin).href;
  const cacheOf = (held) => ({
    match: async (key) => held.get(urlOf(key))?.clone(),
    put: async (key, answer) => void held.set(urlOf(key), answer),
    delete: async (key) => held.delete(urlOf(key)),
    keys: async () => [...held.keys()].map((url) => ({ url })),
  });
  return {
    all,
    keys: async () => [...all.keys()],
    delete: async (name) => all.delete(name),
    open: async (name) => cacheOf(all.get(name) ?? all.set(name, new Map()).get(name)),
  };
}

const refusing = Object.fromEntries(['keys', 'delete', 'open'].map((name) =>
  [name, async () => { throw new DOMException('refused', 'SecurityError'); }]));

function begin(caches = memory()) {
  const listeners = {};
  const told = [];
  const network = new Map();
  const world = {
    caches,
    registration: { scope: `${origin}/` },
    location: { origin },
    clients: { get: async () => ({ postMessage: (each) => told.push(each) }) },
    addEventListener: (name, act) => (listeners[name] = act),
    skipWaiting() {},
    async fetch({ method, url }) {
      const path = url.slice(origin.length);
      const isRead = method === 'GET';
      const done = () => new Response(null, { status: 204 });
      const answer = isRead ? network.get(path) : network.get(`${method} ${path}`) ?? done();
      if (!answer) throw new TypeError('Failed to fetch');
      return (await answer).clone();
    },
  };
  new Function(...Object.keys(world), source)(...Object.values(world));
  const serve = (path, body, headers = { 'x-user': 'ada' }) =>
    network.set(path, new Response(body, { headers }));
  async function ask(path, { method = 'GET', mode = 'cors', on } = {}) {
    const { signal } = new AbortController();
    const request = { method, mode, signal, url: origin + path };
    if (on) Object.assign(request, { destination: 'image', referrer: `${origin}/c/${on}` });
    const work = [];
    let answer = null;
    listeners.fetch({
      type: 'fetch', request, clientId: 'tab',
      waitUntil: (each) => work.push(each), respondWith: (each) => (answer = each),
    });
    const got = await answer;
    await Promise.all(work);
    return got?.text();
  }
  const kept = () => [...(caches.all?.values() ?? [])].flatMap((held) => [...held.keys()])
    .map((url) => url.slice(origin.length));
  /** Asks for something that is on its way until the function that this gives back is called. */
  function askSlowly(path, body, method = 'GET') {
    let give;
    const name = method === 'GET' ? path : `${method} ${path}`;
    network.set(name, new Promise((answer) => (give = answer)));
    const asked = ask(path, { method });
    return (status = 200, user = 'ada') => {
      network.delete(name);
      give(new Response(body, { status, headers: { 'x-user': user } }));
      return asked;
    };
  }
  return { ask, askSlowly, kept, serve, told, leave: () => network.clear() };
}

test('without a network a chat is what was read last, but what came since is not told', async () => {
  const { ask, leave, serve } = begin();
  serve('/api/chats/c', chat([{ id: 'q' }]));
  await ask('/api/chats/c');
  leave();
  assert.equal(await ask('/api/chats/c'), chat([{ id: 'q' }]));
  await assert.rejects(ask('/api/chats/c?since=1.2.q'), TypeError);
});

test('where Cache Storage refuses, everything comes from the network or fails as the network does',
  async () => {
    const { ask, leave, serve } = begin(refusing);
    serve('/', html);
    serve('/a/index/main-1.js', 'script');
    serve('/api/chats/c', chat([]));
    assert.equal(await ask('/', { mode: 'navigate' }), html);
    assert.equal(await ask('/a/index/main-1.js'), 'script');
    assert.equal(await ask('/api/chats/c'), chat([]));
    leave();
    await assert.rejects(ask('/', { mode: 'navigate' }), TypeError);
    await assert.rejects(ask('/a/index/main-1.js'), TypeError);
    await assert.rejects(ask('/api/chats/c'), TypeError);
  });

test('a document that a script asks for replaces nothing, nor is it answered from what is kept',
  async () => {
    const { ask, kept, leave, serve } = begin();
    serve('/', html);
    serve('/a/index/main-1.js', 'script');
    await ask('/', { mode: 'navigate' });
    await ask('/a/index/main-1.js');
    serve('/', html.replace('main-1', 'main-2'));
    await ask('/');
    assert.deepEqual(kept(), ['/', '/a/index/main-1.js']);
    leave();
    assert.equal(await ask('/', { mode: 'navigate' }), html);
    await assert.rejects(ask('/'), TypeError);
  });

test('a file that two versions have is kept with the second one too', async () => {
  const { ask, kept, serve } = begin();
  serve('/', html);
  serve('/a/index/both.js', 'script');
  await ask('/', { mode: 'navigate' });
  await ask('/a/index/both.js');
  serve('/', html.replace('main-1', 'main-2'));
  await Promise.all([ask('/', { mode: 'navigate' }), ask('/a/index/both.js')]);
  assert.deepEqual(kept(), ['/', '/a/index/both.js']);
});

const rest = ['/api/chats/d', '/api/me'];
for (const [path, stays] of [
  ['/api/chats/c', rest],
  ['/api/chats/c/messages/q', rest],
  ['/api/chats/c/queue/p', ['/api/chats/c', '/api/chats/d', '/api/chats?limit=40', '/api/me']],
]) {
  test(`what is kept after DELETE ${path} has nothing of what was deleted`, async () => {
    const { ask, kept, serve } = begin();
    for (const read of ['/api/chats/c', '/api/chats/d', '/api/chats?limit=40', '/api/me']) {
      serve(read, '{}');
      await ask(read);
    }
    await ask(path, { method: 'DELETE' });
    assert.deepEqual(kept(), stays);
  });
}

test('a list that is shorter than the page’s is not kept as the page’s', async () => {
  const { ask, kept, serve } = begin();
  for (const limit of [6, 39, 40, 100]) serve(`/api/chats?limit=${limit}`, `{"of":${limit}}`);
  await ask('/api/chats?limit=6');
  await ask('/api/chats?limit=39');
  assert.deepEqual(kept(), []);
  await ask('/api/chats?limit=100');
  assert.deepEqual(kept(), ['/api/chats?limit=40']);
});

test('the page is told when its chat or list was read, and of the server’s own answers', async () => {
  const { ask, leave, serve, told } = begin();
  const paths = ['/api/me', '/api/models', '/api/chats?limit=40', '/api/chats/c'];
  for (const path of paths) {
    serve(path, '{}');
    await ask(path);
  }
  assert.deepEqual(told.splice(0).map(({ readAt }) => readAt), [null, null, null, null]);
  leave();
  for (const path of paths) await ask(path);
  assert.deepEqual(told.map(({ isChat }) => isChat), [false, true]);
  assert.ok(told.splice(0).every(({ readAt }) => readAt > 0));
  serve('/api/me', 'Bad Gateway', {});
  await ask('/api/me');
  assert.deepEqual(told, []);
});

test('what was on its way, or asked for, when it was deleted is not kept', async () => {
  const { ask, askSlowly, kept, leave, serve } = begin();
  const talk = chat([{ id: 'q' }, { id: 'a', parent: 'q' }, { id: 'q2' }], { id: 'd' });
  const [list, deleted, other] = [
    askSlowly('/api/chats?limit=40', JSON.stringify({ chats: [{ id: 'c' }, { id: 'd' }] })),
    askSlowly('/api/chats/c', chat([])), askSlowly('/api/chats/d', talk),
  ];
  const deletes = [ask('/api/chats/c', { method: 'DELETE' }),
    ask('/api/chats/d/messages/q', { method: 'DELETE' })];
  await Promise.all([list(), deleted(), other(), ...deletes]);
  serve('/api/chats/c', chat([]));
  await ask('/api/chats/c');
  leave();
  assert.deepEqual(kept().sort(), ['/api/chats/d', '/api/chats?limit=40']);
  assert.equal(await ask('/api/chats?limit=40'), '{"chats":[{"id":"d"}]}');
  assert.equal(await ask('/api/chats/d'), chat([{ id: 'q2' }], { id: 'd' }));
});

for (const [method, path] of [['POST', '/api/logout'], ['DELETE', '/api/me']]) {
  test(`after ${method} ${path} nothing is kept of what was on its way, nor until a login`, async () => {
    const { ask, askSlowly, kept, serve } = begin();
    serve('/api/chats/d', chat([]));
    await ask('/api/chats/d');
    const before = askSlowly('/api/chats/c', chat([]));
    await ask(path, { method });
    await before();
    await ask('/api/chats/d');
    assert.deepEqual(kept(), []);
    const between = askSlowly('/api/chats/c', chat([]));
    await ask('/api/login', { method: 'POST' });
    serve('/api/me', '{}', { 'x-user': 'bob' });
    await ask('/api/me');
    await between();
    assert.deepEqual(kept(), ['/api/me']);
  });
}

test('a login counts from its answer: what the person before asked for meanwhile is not kept',
  async () => {
    const { ask, askSlowly, kept, serve } = begin();
    const login = askSlowly('/api/login', '{}', 'POST');
    const [before, late] = [askSlowly('/api/chats/c', chat([])), askSlowly('/api/chats/d', chat([]))];
    await before();
    await login(200, 'eve');
    serve('/api/me', '{}', { 'x-user': 'eve' });
    await ask('/api/me');
    await late();
    assert.deepEqual(kept(), ['/api/me']);
  });

for (const [method, path] of
  [['DELETE', '/api/me'], ['POST', '/api/logout'], ['POST', '/api/login']]) {
  test(`after a refused ${method} ${path} what is read is kept as before`, async () => {
    const { ask, askSlowly, kept, serve } = begin();
    await askSlowly(path, '{}', method)(403);
    serve('/api/chats/c', chat([]));
    await ask('/api/chats/c');
    assert.deepEqual(kept(), ['/api/chats/c']);
  });
}

test('what the server refused to delete is kept again, with all that hangs on it', async () => {
  const { ask, askSlowly, kept, leave, serve } = begin();
  const talk = chat([{ id: 'q' }, { id: 'a', parent: 'q' }]);
  const refusals = [askSlowly('/api/chats/d', '{}', 'DELETE'),
    askSlowly('/api/chats/c/messages/q', '{}', 'DELETE')];
  serve('/api/chats/c', talk);
  await ask('/api/chats/c');
  for (const refuse of refusals) await refuse(503);
  serve('/api/chats/d', chat([], { id: 'd' }));
  await ask('/api/chats/c');
  await ask('/api/chats/d');
  assert.deepEqual(kept(), ['/api/chats/c', '/api/chats/d']);
  leave();
  assert.equal(await ask('/api/chats/c'), talk);
});

const withPicture = (more) => chat([{ id: 'q', attachments: [{ id: 'p' }] }], more);

async function shown(served = withPicture(), bytes = 7) {
  const opened = begin();
  const { ask, serve } = opened;
  serve('/api/chats/c', served);
  serve('/api/uploads/p', 'picture',
    { 'x-user': 'ada', 'content-length': `${bytes}`, 'content-type': 'image/png' });
  await ask('/api/chats/c');
  await ask('/api/uploads/p', { on: 'c' });
  return opened;
}

test('without a network a chat has the pictures that it was read with', async () => {
  const { ask, leave } = await shown();
  leave();
  assert.equal(await ask('/api/uploads/p', { on: 'c' }), 'picture');
  await assert.rejects(ask('/api/uploads/other', { on: 'c' }), TypeError);
});

test('a picture is not kept without the chat that shows it, nor one that is large', async () => {
  const { kept } = await shown(withPicture({ temporary: true }));
  assert.deepEqual(kept(), []);
  assert.deepEqual((await shown(withPicture(), 2_000_000)).kept(), ['/api/chats/c']);
});

test('a picture that the browser has from before is not kept for whoever is here now', async () => {
  const { ask, kept, serve } = await shown();
  serve('/api/chats/c', withPicture(), { 'x-user': 'eve' });
  await ask('/api/chats/c');
  await ask('/api/uploads/p', { on: 'c' });
  assert.deepEqual(kept(), ['/api/chats/c']);
});

test('a picture goes with its chat, its message, and the person who leaves', async () => {
  for (const [method, path, left] of [
    ['DELETE', '/api/chats/c', []], ['DELETE', '/api/chats/c/messages/q', []],
    ['POST', '/api/logout', []],
  ]) {
    const { ask, kept, serve } = await shown();
    serve(`${method} ${path}`, '{}');
    await ask(path, { method });
    assert.deepEqual(kept(), left, path);
  }
  const { ask, kept, serve } = await shown();
  serve('/api/chats/c', chat([]));
  await ask('/api/chats/c');
  assert.deepEqual(kept(), ['/api/chats/c'], 'deleted on another device');
});
