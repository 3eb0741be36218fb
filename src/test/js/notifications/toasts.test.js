import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { Toasts } = await page('js/notifications/toasts.js');

test('news of a chat go when it is opened, and nothing else does', () => {
  const toasts = new Toasts();
  const texts = () => toasts.list.value.map(({ title, text }) => title ?? text);
  toasts.say({ chat: 'a', title: 'A', text: String, stays: true });
  toasts.say({ chat: 'b', title: 'B', text: String, stays: true });
  toasts.say({ text: 'An announcement', stays: true });
  toasts.opened('a');
  assert.deepEqual(texts(), ['B', 'An announcement']);
});
