import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { memoryStorage, openPage } from '../support/chat-page.js';

const { fitted } = await page('js/attachments/images.js');
const { objection, sizeText, tokensText } = await page('js/attachments/figures.js');
const { pastedFiles } = await page('js/attachments/buttons.js');
const { Drafts } = await page('js/sending/drafts.js');
const { Problem } = await page('js/api.js');

const file = (id, facts) => ({ id, name: id, type: 'text/plain', size: 1, tokens: 10, ...facts });
const photo = file('photo', { type: 'image/png' });
const answer = { chat: 'c', message: 'p', reply: 'r', sse: '' };

function withFiles(storage, ...files) {
  new Drafts({ storage }).attach(null, files);
  const opened = openPage({ storage });
  opened.conversation.open(null);
  return opened;
}

const beside = ({ conversation }) => conversation.outbox.attachments.taken.value.map(({ id }) => id);

test('the longer side of an image is at most 2,048 pixels, and none is less than one', () => {
  assert.deepEqual(fitted({ width: 4000, height: 3000 }), { width: 2048, height: 1536 });
  assert.deepEqual(fitted({ width: 100, height: 50 }), { width: 100, height: 50 });
  assert.deepEqual(fitted({ width: 1, height: 20000 }), { width: 1, height: 2048 });
});

test('files are there again after a reload, with the draft', () => {
  assert.deepEqual(beside(withFiles(memoryStorage(), file('a'), photo)), ['a', 'photo']);
});

test('they go with the prompt, in their order, and are then gone from the draft', async () => {
  const storage = memoryStorage();
  const opened = withFiles(storage, file('a'), photo);
  opened.conversation.send('look');
  await new Promise((done) => setTimeout(done));
  const [send] = await opened.api.answer('sendPrompt', answer);
  assert.deepEqual(send.attachments, ['a', 'photo']);
  assert.deepEqual(beside(opened), []);
  assert.deepEqual(new Drafts({ storage }).filesOf(null), []);
  assert.deepEqual(opened.conversation.thread.get('p').attachments, [file('a'), photo]);
});

test('where the server refuses the prompt they are back beside the box', async () => {
  const storage = memoryStorage();
  const opened = withFiles(storage, file('a'));
  opened.conversation.send('look');
  await new Promise((done) => setTimeout(done));
  await opened.api.answer('sendPrompt', new Problem(422, { detail: 'too much' }));
  assert.deepEqual(beside(opened), ['a']);
  assert.deepEqual(new Drafts({ storage }).filesOf(null), [file('a')]);
  assert.equal(opened.conversation.outbox.typed.value, 'look');
});

test('another chat has other files', () => {
  const opened = withFiles(memoryStorage(), file('a'));
  opened.conversation.open('other');
  assert.deepEqual(beside(opened), []);
  opened.conversation.open(null);
  assert.deepEqual(beside(opened), ['a']);
});

test('a prompt that is edited keeps its own files and leaves those beside the box', async () => {
  const opened = withFiles(memoryStorage(), file('a'));
  opened.conversation.send('again', { parent: null, files: [photo] });
  await new Promise((done) => setTimeout(done));
  const [send] = await opened.api.answer('sendPrompt', answer);
  assert.deepEqual(send.attachments, ['photo']);
  assert.deepEqual(beside(opened), ['a']);
});

test('it is said before what a model cannot be given', () => {
  assert.match(objection([photo], { vision: false }), /cannot see/);
  assert.equal(objection([photo], { vision: true }), null);
  assert.equal(objection([photo], undefined), null);
  assert.match(objection([file('a', { tokens: 80 })], { context_length: 100 }), /80 tokens.*75/);
  assert.equal(objection([file('a', { tokens: 75 })], { context_length: 100 }), null);
});

test('figures are short', () => {
  assert.equal(sizeText(990), '990 bytes');
  assert.equal(sizeText(1234), '1.2 kB');
  assert.equal(sizeText(1_234_567), '1.2 MB');
  assert.equal(tokensText(1234), 'about 1,234 tokens');
  assert.equal(tokensText(1), 'about 1 token');
});

test('files are pasted unless their text is there as well', () => {
  assert.equal(pastedFiles({ clipboardData: { files: [1], types: ['Files'] } }).length, 1);
  const table = { files: [1], types: ['text/plain', 'text/html', 'Files'] };
  assert.equal(pastedFiles({ clipboardData: table }).length, 0);
});
