// Opens the page without a network, as it was read last. With a network it shows nothing old: the
// document and what the API says come from the server, and files only by names that have a hash of
// their contents. What was read is kept for one person at a time, whom each answer names.

const base = new URL(registration.scope).pathname;
const ours = (name) => `${base} ${name}`;
const page = ours('page');
const read = ours('read ');
const mostAnswers = 50;
const mostCharacters = 1_000_000;
const mostPictures = 100;
const mostBytes = 1_000_000;

// Work on what is kept is done in the order in which it came.
let last = Promise.resolve();
const inTurn = (act) => (last = last.then(act).catch(() => {}));

addEventListener('install', (event) => event.waitUntil(skipWaiting()));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

/** What the first page had loaded before this was here: the document first, which begins anew. */
addEventListener('message', (event) => {
  const ask = (address) => answerTo(new Request(address))?.(event);
  const others = event.data.loaded.filter((address) => address.startsWith(registration.scope));
  event.waitUntil(ask(registration.scope).then(() => Promise.allSettled(others.map(ask))));
});

addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const path = new URL(url).pathname.slice(base.length);
  if (/^(?:POST api\/(?:login|register|logout)|DELETE api\/.*)$/.test(`${method} ${path}`)) {
    return event.respondWith(ending(event, path));
  }
  const answer = answerTo(event.request);
  if (answer) event.respondWith(answer(event));
});

/** What Cache Storage has; it may refuse anything, and then there is only the network. */
async function kept(name, key) {
  try {
    return await (await caches.open(name)).match(key, { ignoreVary: true });
  } catch {
    return undefined;
  }
}

const list = `${base}api/chats?limit=40`;

// An answer may be on its way while what it tells is deleted, or while its person leaves.
const deleted = new Map(); // by what was to be deleted, of which it is a part
let stay = {};

/** A request after which something of what is kept is nobody's any more, unless it is refused. */
async function ending(event, path) {
  const isPerson = /^api\/(?:me|login|register|logout)$/.test(path);
  const [, chat, message = chat] =
    /^api\/chats\/([\w-]+)(?:\/messages\/([\w-]+))?$/.exec(path) ?? [];
  if (isPerson) stay = null;
  if (chat) deleted.set(message, message);
  event.waitUntil(inTurn(() => (isPerson ? dropOthers(null) : chat && dropChat(chat))));
  let isRefused = isPerson;
  try {
    const answer = await fetch(event.request);
    isRefused = !answer.ok && answer.status !== 404;
    return answer;
  } finally {
    if (isPerson && (isRefused || !/logout|me$/.test(path))) stay = {};
    if (chat && isRefused) restore(message);
  }
}

function restore(root) {
  for (const [id, by] of deleted) if (by === root) deleted.delete(id);
}

/** A chat of which something is deleted goes, its pictures, and the list that has its title. */
async function dropChat(chat) {
  const key = `${base}api/chats/${chat}`;
  for (const name of await readCaches()) {
    const cache = await caches.open(name);
    const pictures = picturesIn(await toldIn(await cache.match(key)));
    await Promise.all([key, list, ...pictures].map((each) => cache.delete(each)));
  }
}

const toldIn = async (answer) => (answer ? answer.json() : null);

/** Where the pictures of a chat are had, as far as they are kept. */
const picturesIn = (told) =>
  (told?.messages ?? []).flatMap(({ attachments }) => attachments ?? [])
    .map(({ id }) => `${base}api/uploads/${id}`);

/** Without what was deleted, and what hangs on that; null where it is that. */
function withoutDeleted({ chats: all, messages, ...told }) {
  const isLeft = ({ id, parent }) =>
    !deleted.has(id) && !(deleted.has(parent) && deleted.set(id, deleted.get(parent)));
  if (deleted.has(told.id)) return null;
  return { ...told, chats: all?.filter(isLeft), messages: messages?.filter(isLeft) };
}

// A shorter list is not what the page opens with.
const isRead =
  /^api\/(?:me|models|chats\/[\w-]+(?:\?since=.*)?|chats\?limit=(?:[4-9]\d|\d{3,}))$/;

const isUpload = /^api\/uploads\/[\w-]+$/;

/** How a request is answered; undefined for what is the network's alone, as each stream is. */
function answerTo(request) {
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== location.origin || request.method !== 'GET') return undefined;
  const path = pathname.slice(base.length);
  if (/^(?:c\/[^/]+)?$/.test(path)) return (event) => document(event, request);
  if (/^a\/(?:index|languages)\//.test(path)) return (event) => file(event, request);
  if (request.destination === 'image' && isUpload.test(path))
    return (event) => picture(event, request, pathname);
  return isRead.test(path + search)
    ? (event) => answerOfApi(event, request, pathname + search)
    : undefined;
}

async function document(event, request) {
  // A script that asks for the document wants to know the server's version, and loads no files.
  const isShown = request.mode === 'navigate' || event.type === 'message';
  try {
    const answer = await fetch(request);
    if (answer.ok && isShown) event.waitUntil(keepDocument(answer.clone()));
    return answer;
  } catch (unreachable) {
    const found = isShown && (await kept(page, base));
    if (!found) throw unreachable;
    return found;
  }
}

/** The files of another version go with its document. */
function keepDocument(answer) {
  return inTurn(async () => {
    const cache = await caches.open(page);
    const text = await answer.text();
    // Without names that have a hash, nothing can be kept.
    if (!text.includes(`"${base}a/index/`)) return;
    const before = await cache.match(base);
    if (before && (await before.text()) === text) return;
    await caches.delete(page);
    await (await caches.open(page)).put(base, new Response(text, answer));
  });
}

async function file(event, request) {
  const answer = (await kept(page, request)) ?? (await fetch(request));
  if (answer.ok) event.waitUntil(keepFile(request, answer.clone()));
  return answer;
}

/** Also one that was kept: with the document of another version it may have gone meanwhile. */
function keepFile(request, answer) {
  return inTurn(async () => {
    const cache = await caches.open(page);
    if (!(await cache.match(request, { ignoreVary: true }))) await cache.put(request, answer);
  });
}

async function answerOfApi(event, request, address) {
  const key = address.replace(/\?since=.*/, '').replace(/limit=\d+/, 'limit=40');
  const asked = stay;
  try {
    const answer = await fetch(request);
    event.waitUntil(keepAnswer(key, answer.clone(), asked));
    // A gateway's answer does not say that the server is back.
    if (answer.headers.has('x-user')) event.waitUntil(tell(event, { readAt: null }));
    return answer;
  } catch (unreachable) {
    // What came since is the server's alone: whoever asks has the rest, or a reply that runs.
    if (request.signal.aborted || address.includes('?since=')) throw unreachable;
    const found = await readBefore(key);
    if (!found) throw unreachable;
    const readAt = Number(found.headers.get('x-read-at'));
    const isChat = key.startsWith(`${base}api/chats/`);
    if (isChat || key === list) event.waitUntil(tell(event, { readAt, isChat }));
    return found;
  }
}

async function readBefore(key) {
  const [name] = await readCaches().catch(() => []);
  return name && kept(name, key);
}

async function picture(event, request, key) {
  const asked = stay;
  try {
    const answer = await fetch(request);
    const [, chat] = /\/c\/([\w-]+)$/.exec(new URL(request.referrer, location.origin).pathname) ?? [];
    event.waitUntil(keepPicture({ key, chat, asked }, answer.clone()));
    return answer;
  } catch (unreachable) {
    const found = await readBefore(key);
    if (!found) throw unreachable;
    return found;
  }
}

/**
 * Beside the chat that shows it, where that is kept. Since the browser may have it from before, its
 * answer does not tell who is here now.
 */
function keepPicture({ key, chat, asked }, answer) {
  return inTurn(async () => {
    const name = read + answer.headers.get('x-user');
    const isHere = asked && asked === stay && (await readCaches()).includes(name);
    const shown = isHere && (await toldIn(await kept(name, `${base}api/chats/${chat}`)));
    if (picturesIn(shown).includes(key)) await putPicture(name, key, answer);
  });
}

async function putPicture(name, key, answer) {
  const { ok, headers } = answer;
  const isTheirs = name === read + headers.get('x-user');
  if (!ok || !isTheirs || !/^image/.test(headers.get('content-type'))) return;
  if (!(headers.get('content-length') <= mostBytes)) return;
  const cache = await caches.open(name);
  await cache.put(key, answer);
  await dropOldest(cache, isPicture, mostPictures);
}

/** What the page had shown before the chat that shows it was kept, as of a prompt just sent. */
async function keepShown(name, key) {
  if (await kept(name, key)) return;
  const known = { cache: 'only-if-cached', mode: 'same-origin' };
  const answer = await fetch(new Request(location.origin + key, known)).catch(() => null);
  if (answer) await putPicture(name, key, answer);
}

const isPicture = ({ url }) => isUpload.test(new URL(url).pathname.slice(base.length));

async function dropOldest(cache, which, most) {
  const keys = (await cache.keys()).filter(which);
  await Promise.all(keys.slice(0, -most).map((old) => cache.delete(old)));
}

/** Tells the page when the chat or the list that it is shown was read; null where that is now. */
async function tell({ clientId }, told) {
  const client = clientId && (await clients.get(clientId));
  client?.postMessage(told);
}

const readCaches = async () => (await caches.keys()).filter((name) => name.startsWith(read));

async function dropOthers(name) {
  const others = (await readCaches()).filter((each) => each !== name);
  await Promise.all(others.map((each) => caches.delete(each)));
}

function keepAnswer(key, answer, asked) {
  return inTurn(async () => {
    const person = answer.headers.get('x-user');
    const name = person && read + person;
    if (person ? !asked || asked !== stay : answer.status !== 401) return;
    await dropOthers(name);
    if (!person) return;
    const cache = await caches.open(name);
    const before = await cache.match(key);
    if (answer.ok || answer.status === 404) await cache.delete(key);
    const pictures = picturesIn(await toldIn(before?.clone()));
    const told = answer.ok && (await whole(answer, before));
    if (told) await put(cache, key, withoutDeleted(told));
    const left = picturesIn(await toldIn(await cache.match(key)));
    const gone = pictures.filter((each) => !left.includes(each));
    await Promise.all(gone.map((each) => cache.delete(each)));
    for (const each of left) await keepShown(name, each);
  });
}

/** What came behind an earlier answer is put behind that. */
async function whole(answer, before) {
  const told = await answer.json();
  if (!told.partial) return told;
  if (!before) return null;
  const { messages } = await before.json();
  const younger = new Set(told.messages.map(({ id }) => id));
  const kept = messages.filter(({ id }) => !younger.has(id));
  return { ...told, partial: false, messages: [...kept, ...told.messages] };
}

/** The oldest goes where there are too many. A temporary chat stays nowhere. */
async function put(cache, key, told) {
  const text = JSON.stringify(told);
  if (!told || told.temporary || text.length > mostCharacters) return;
  const headers = { 'content-type': 'application/json', 'x-read-at': String(Date.now()) };
  await cache.put(key, new Response(text, { headers }));
  await dropOldest(cache, (kept) => !isPicture(kept), mostAnswers);
}
