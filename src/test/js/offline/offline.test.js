import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { readOffline } = await page('js/offline/offline.js');
const { Notices } = await page('js/shell/notices.js');

const minute = 60_000;

/** What the worker tells and what happens to the network, and what stands there then. */
function open({ onLine = true } = {}) {
  const heard = {};
  let tell;
  const serviceWorker = {
    controller: {}, register: async () => {}, addEventListener: (_, act) => (tell = act),
  };
  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  define('navigator', { onLine, serviceWorker });
  define('addEventListener', (name, act) => (heard[name] = act));
  define('setTimeout', () => {});
  const notices = new Notices();
  readOffline({ notices });
  return {
    notices,
    keys: () => notices.list.value.map(({ key }) => key),
    texts: () => notices.list.value.map(({ text }) => text),
    tell: (data) => tell({ data }),
    turn(on) {
      globalThis.navigator.onLine = on;
      heard[on ? 'online' : 'offline']();
    },
  };
}

test('the time is that of the chat that is shown, whatever is read beside it', () => {
  const { texts, tell } = open();
  tell({ readAt: 60 * minute, isChat: false });
  tell({ readAt: 10 * minute, isChat: true });
  const [text] = texts();
  tell({ readAt: 90 * minute, isChat: false });
  assert.deepEqual(texts(), [text]);
  tell({ readAt: 30 * minute, isChat: true });
  assert.notEqual(texts()[0], text);
});

test('the same is said once, and not again to somebody who has dismissed it', () => {
  const { keys, notices, tell } = open();
  tell({ readAt: minute, isChat: true });
  const [key] = keys();
  tell({ readAt: minute, isChat: true });
  assert.deepEqual(keys(), [key]);
  notices.dismiss(key);
  tell({ readAt: minute, isChat: true });
  assert.deepEqual(keys(), []);
  tell({ readAt: null });
  tell({ readAt: minute, isChat: true });
  assert.equal(keys().length, 1);
});

test('what is old stays named so until the server has answered', () => {
  const { texts, tell, turn } = open();
  turn(false);
  turn(true);
  assert.deepEqual(texts(), []);
  turn(false);
  tell({ readAt: minute, isChat: true });
  turn(true);
  assert.equal(texts().length, 1);
  tell({ readAt: null });
  assert.deepEqual(texts(), []);
});

test('a page that is opened without a network says so', () => {
  assert.deepEqual(open({ onLine: false }).texts(), ['You are offline. What you type is kept.']);
});
