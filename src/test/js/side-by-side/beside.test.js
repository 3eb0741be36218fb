import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { settle } from '../support/fake-browser.js';
import { openPage, prompt, reply, shown } from '../support/chat-page.js';

const { Thread } = await page('js/reading/thread.js');

const chat = { id: 'c', title: 'Old', model: 'one' };
const running = (id, parent, created) => ({ ...reply(id, parent, id, 'streaming'), created });
const columns = (thread) => thread.columns.value.map((each) => each.peek().id);

async function loaded(messages, options) {
  const opened = openPage(options);
  opened.conversation.open('c');
  await opened.api.answer('readChat', { ...chat, messages });
  return opened;
}

test('a prompt goes to all models that were chosen for it, and the next one to one', async () => {
  const { api, conversation } = await loaded([]);
  conversation.models.others.value = ['two'];
  conversation.send('Hello');
  await settle();
  const [request] = await api.answer('sendPrompt', {
    chat: 'c', message: 'q', reply: 'r2', sse: '',
    replies: [{ reply: 'r2', model: 'one' }, { reply: 'r1', model: 'two' }],
  });
  assert.deepEqual(request.models, ['one', 'two']);
  assert.equal(request.model, undefined);
  assert.deepEqual(shown(conversation), ['q', 'r2']);
  assert.deepEqual(columns(conversation.thread), ['r2', 'r1']);
  assert.equal(conversation.thread.get('r1').model, 'two');
  assert.deepEqual(conversation.models.others.value, []);
});

test('who comes later sees the replies that run to one prompt side by side', () => {
  const thread = new Thread();
  thread.merge([prompt('q'), running('a', 'q', 5), running('b', 'q', 5)]);
  assert.deepEqual(columns(thread), ['b', 'a']);
  thread.change('b', (each) => ({ ...each, status: 'complete' }));
  assert.equal(thread.running.value, true);
  assert.deepEqual(columns(thread), ['b', 'a'], 'what is done stays beside what runs');
});

test('what was asked for in the same moment is read beside what still runs of it', () => {
  const thread = new Thread();
  const old = { ...reply('old', 'q'), created: 1 };
  thread.merge([prompt('q'), old, { ...reply('a', 'q'), created: 5 }, running('b', 'q', 5)]);
  assert.deepEqual(columns(thread), ['b', 'a']);
});

test('a reply alone is no column, nor is what runs in another branch', () => {
  const thread = new Thread();
  thread.merge([prompt('q'), { ...reply('a', 'q'), created: 1 }, running('b', 'q', 2)]);
  assert.deepEqual(columns(thread), []);
  thread.merge([prompt('q'), running('a', 'q', 1), running('b', 'q', 1), prompt('q2'), reply('z', 'q2')]);
  assert.deepEqual(columns(thread), []);
});

test('another model’s reply stands beside those that are read side by side', async () => {
  const { api, conversation } = await loaded([
    prompt('q', null), running('a', 'q', 5), running('b', 'q', 5),
  ]);
  for (const id of ['a', 'b'])
    conversation.thread.change(id, (each) => ({ ...each, status: 'complete' }));
  conversation.regenerate(conversation.thread.get('b'), 'three', { beside: true });
  await api.answer('regenerateReply', { reply: 'c' });
  assert.deepEqual(columns(conversation.thread), ['c', 'b', 'a']);
  assert.equal(conversation.thread.get('c').model, 'three');
});

test('another model’s reply stands beside the one that was alone', async () => {
  const { api, conversation } = await loaded([prompt('q', null), reply('a', 'q')]);
  conversation.regenerate(conversation.thread.get('a'), 'two', { beside: true });
  await api.answer('regenerateReply', { reply: 'b' });
  assert.deepEqual(columns(conversation.thread), ['b', 'a']);
  conversation.regenerate(conversation.thread.get('a'), 'two');
  assert.equal(api.count('regenerateReply'), 1, 'one runs');
});

test('over a reload a reply that joined later stays beside, until one is kept or the other is gone',
  async () => {
    const both = [prompt('q', null), reply('a', 'q'), reply('b', 'q', '', 'streaming')];
    const { api, conversation } = await loaded([prompt('q', null), reply('a', 'q')]);
    const { versions } = conversation;
    conversation.regenerate(conversation.thread.get('a'), 'two', { beside: true });
    await api.answer('regenerateReply', { reply: 'b' });
    const again = (await loaded(both, { versions })).conversation;
    assert.deepEqual(columns(again.thread), ['b', 'a']);
    again.thread.hide(new Set(['a']));
    assert.deepEqual(columns(again.thread), [], 'one alone is no column');
    again.thread.hide(new Set());
    again.keep(again.thread.get('b'));
    assert.deepEqual(columns((await loaded(both, { versions })).conversation.thread), []);
  });

test('the replies to one send were asked for in the same moment', async () => {
  const { api, conversation } = await loaded([]);
  conversation.send('Hello');
  await settle();
  const { now } = Date;
  let clock = 0;
  Date.now = () => (clock += 1);
  await api.answer('sendPrompt', {
    chat: 'c', message: 'q', reply: 'r2', sse: '',
    replies: [{ reply: 'r2', model: 'one' }, { reply: 'r1', model: 'two' }],
  });
  Date.now = now;
  const [one, two] = ['r1', 'r2'].map((id) => conversation.thread.get(id).created);
  assert.equal(one, two);
});

test('how each of several replies ended is said with the name of its model', async () => {
  const { browser, said } = await loaded([
    prompt('q', null), running('a', 'q', 5), running('b', 'q', 5),
  ]);
  browser.sources.forEach((source) => source.say('stop', '9', { status: 'complete' }));
  assert.deepEqual(said, ['one: The reply is finished.', 'one: The reply is finished.']);
});

test('the one that is kept is gone on from, and those beside it are stopped', async () => {
  const { api, conversation } = await loaded([
    prompt('q', null), running('a', 'q', 5), running('b', 'q', 5),
  ]);
  conversation.keep(conversation.thread.get('a'));
  assert.deepEqual(columns(conversation.thread), []);
  assert.deepEqual(shown(conversation), ['q', 'a']);
  assert.deepEqual(conversation.thread.siblings({ id: 'a', parent: 'q' }).map(({ id }) => id), ['a', 'b']);
  assert.equal(api.count('stopReply'), 1);
  assert.deepEqual(api.next('stopReply').asked, ['b']);
});

test('the chat goes on by the model of the reply that is kept', async () => {
  const { api, conversation } = await loaded([
    prompt('q', null), { ...running('a', 'q', 5), model: 'two' }, running('b', 'q', 5),
  ]);
  conversation.keep(conversation.thread.get('b'));
  assert.equal(api.count('changeChat'), 0);
  conversation.keep(conversation.thread.get('a'));
  assert.deepEqual(api.next('changeChat').asked, ['c', { model: 'two' }]);
});

test('a reply whose end is on its way stands not beside the reply to the next prompt', () => {
  const thread = new Thread();
  thread.merge([prompt('q'), running('a', 'q', 1), prompt('q2', 'a'), running('b', 'q2', 2)]);
  assert.deepEqual(columns(thread), []);
});
