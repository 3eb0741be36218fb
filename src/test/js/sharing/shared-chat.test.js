import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { FakeBrowser, settle } from '../support/fake-browser.js';

globalThis.requestAnimationFrame ??= (act) => setTimeout(act);
globalThis.cancelAnimationFrame ??= clearTimeout;

const { SharedChat } = await page('js/sharing/shared-chat.js');
const { Problem } = await page('js/api.js');

const prompt = { id: 'q1', role: 'user', content: 'Hello', status: 'complete', parent: null };
const reply = { id: 'a1', role: 'assistant', content: 'Fir', reasoning: '', runs: [], parent: 'q1' };
const running = { ...reply, status: 'streaming', cursor: 'c3' };
const share = (last) => ({ title: 'A chat', expires: null, messages: [prompt, last] });
const gone = async () => {
  throw new Problem(404, { title: 'Not found' });
};

async function shown(...answers) {
  const browser = new FakeBrowser();
  browser.api = '/api/shares/token';
  const chat = new SharedChat({ browser, read: () => answers.shift()() });
  await chat.load();
  return { browser, chat };
}

test('a chat that has ended opens no stream', async () => {
  const { browser, chat } = await shown(async () => share({ ...reply, status: 'complete' }));
  assert.equal(chat.state.value, 'shown');
  assert.equal(chat.isRunning, false);
  assert.equal(browser.sources.length, 0);
});

test('the last reply is read on from its cursor, by the address of the link alone', async () => {
  const { browser } = await shown(async () => share(running));
  assert.equal(browser.sources[0].url, '/api/shares/token/sse/a1?after=c3');
});

test('a link that shows nothing says so', async () => {
  const { browser, chat } = await shown(gone);
  assert.equal(chat.state.value, 'missing');
  assert.equal(browser.sources.length, 0);
});

test('a server that fails is no wrong link', async () => {
  const { chat } = await shown(async () => {
    throw new TypeError('no network');
  });
  assert.equal(chat.state.value, 'failed');
});

test('a link that ends while its reply is read takes what was shown along', async () => {
  const { browser, chat } = await shown(async () => share(running), gone);
  browser.sources[0].break({ refused: true });
  await settle();
  assert.equal(chat.state.value, 'missing');
  assert.deepEqual(chat.messages.value, []);
});
