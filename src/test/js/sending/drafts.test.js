import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { memoryStorage, openPage } from '../support/chat-page.js';
import { settle } from '../support/fake-browser.js';

const { Problem } = await page('js/api.js');
const { Drafts } = await page('js/sending/drafts.js');
const { claimDrafts, forgetDrafts } = await page('js/sending/draft-owner.js');
const { PromptEdits } = await page('js/sending/prompt-edits.js');
const { Beginning } = await page('js/chats/beginning.js');
const { withFallback } = await page('js/shell/storage.js');
const { Outbox } = await page('js/sending/outbox.js');

const day = 24 * 60 * 60 * 1000;

function browser() {
  const storage = memoryStorage();
  const clock = { now: day };
  const tab = (name) => new Drafts({ storage, tab: name, now: () => clock.now });
  return { storage, clock, tab };
}

/** As localStorage is when nothing more fits. */
function fullStorage() {
  return withFallback(Object.create({
    getItem: () => null,
    setItem() {
      throw new DOMException('exceeded the quota', 'QuotaExceededError');
    },
    removeItem() {},
  }));
}

test('a prompt is sent although nothing more can be stored, and nothing of it is lost', async () => {
  const { api, conversation } = openPage({ storage: fullStorage() });
  conversation.open(null);
  conversation.outbox.type('x'.repeat(3_000_000));
  conversation.send(conversation.outbox.typed.value);
  await settle();
  assert.equal(api.next('sendPrompt').asked[0].prompt.length, 3_000_000);
  await api.answer('sendPrompt', new Problem(413, { detail: 'Too long.' }));
  assert.equal(conversation.outbox.typed.value.length, 3_000_000);
});

test('what cannot be stored is kept for as long as the tab lives', () => {
  const drafts = new Drafts({ storage: fullStorage() });
  drafts.type('c', 'Hello');
  drafts.flush();
  assert.equal(drafts.textOf('c'), 'Hello');
});

test('two tabs have a draft each, in a new chat and in one that is there', () => {
  const { tab } = browser();
  const [one, two] = [tab('1'), tab('2')];
  for (const chat of [null, 'c']) {
    one.type(chat, 'from one');
    two.type(chat, 'from two');
    one.flush();
    two.flush();
    assert.equal(tab('1').textOf(chat), 'from one');
    assert.equal(tab('2').textOf(chat), 'from two');
  }
});

test('the draft of a closed tab goes to one tab that opens the chat next', () => {
  const { tab } = browser();
  const closed = tab('1');
  closed.type(null, 'left behind');
  closed.leave();
  const [two, three] = [tab('2'), tab('3')];
  assert.ok(two.adopt(null, new Set(['1', '2', '3'])));
  assert.equal(two.textOf(null), 'left behind');
  assert.ok(!three.adopt(null, new Set(['2', '3'])));
});

test('the draft of a tab that is open is left alone, also by one that was reloaded', () => {
  const { tab } = browser();
  const first = tab('1');
  first.type('c', 'mine');
  first.leave();
  tab('1');
  assert.ok(!tab('2').adopt('c', new Set(['1', '2'])));
  assert.ok(!tab('2').adopt('c', null), 'also where nobody knows which tabs are open');
  assert.equal(tab('1').textOf('c'), 'mine');
});

test('the draft of a tab that crashed is found, by its lock or after an hour', () => {
  const { tab, clock } = browser();
  tab('1').sending('c', { id: 's', prompt: 'Hello' }, '');
  const next = tab('2');
  assert.ok(!next.adopt('c', null));
  clock.now += 2 * 60 * 60 * 1000;
  assert.ok(next.adopt('c', null));
  assert.equal(next.sendOf('c').id, 's', 'with the send, so that it is not sent twice');
  tab('3').sending('d', { id: 's', prompt: 'Hello' }, '');
  assert.ok(next.adopt('d', new Set(['2'])));
});

test('who types before the draft of a closed tab is found keeps what was typed', async () => {
  const { tab } = browser();
  tab('1').type(null, 'left behind');
  const closed = tab('1');
  closed.type(null, 'left behind');
  closed.leave();
  const outbox = new Outbox({ drafts: tab('2'), liveTabs: async () => new Set(['2']) });
  outbox.open(null);
  outbox.type('new');
  await settle();
  assert.equal(outbox.typed.value, 'new');
});

test('a duplicated tab writes drafts of its own from then on', () => {
  const { tab } = browser();
  const first = tab('1');
  first.type('c', 'first');
  first.flush();
  const duplicate = tab('1');
  duplicate.rename('2');
  duplicate.type('c', 'second');
  duplicate.flush();
  assert.equal(tab('1').textOf('c'), 'first');
});

test('a draft of an older version of the page is found', () => {
  const { storage, tab } = browser();
  storage.setItem('runnel.draft.c', JSON.stringify({ text: 'from before', send: null }));
  const drafts = tab('1');
  assert.ok(drafts.adopt('c', new Set(['1'])));
  assert.equal(drafts.textOf('c'), 'from before');
});

test('a draft that nobody came back to goes after a month', () => {
  const { storage, clock, tab } = browser();
  tab('1').sending('c', { id: 's', prompt: 'Hello' }, '');
  clock.now += 29 * day;
  tab('2');
  assert.equal(storage.keys().length, 1);
  clock.now += 2 * day;
  tab('2');
  assert.equal(storage.keys().length, 0);
});

test('drafts go at log-out, and when somebody else logs in', () => {
  for (const leave of [forgetDrafts, (...all) => assert.ok(claimDrafts('eve', ...all))]) {
    const { storage, tab } = browser();
    const ofTab = memoryStorage();
    const secrets = () => [storage, ofTab].flatMap((each) => each.keys()
      .filter((key) => each.getItem(key).includes('a secret')));
    claimDrafts('ada', storage, ofTab);
    tab('1').sending('c', { id: 's', prompt: 'a secret' }, '');
    new PromptEdits(ofTab).type('q', 'a secret');
    new Beginning(ofTab).add({ system: 'a secret' });
    assert.ok(!claimDrafts('ada', storage, ofTab));
    assert.equal(tab('1').textOf('c'), 'a secret');
    assert.equal(secrets().length, 3);
    leave(storage, ofTab);
    assert.equal(tab('1').textOf('c'), '');
    assert.deepEqual(secrets(), []);
  }
});

test('what a tab keeps goes also where another tab has claimed the drafts before', () => {
  const { storage, tab } = browser();
  const ofTab = memoryStorage();
  claimDrafts('ada', storage, ofTab);
  new PromptEdits(ofTab).type('q', 'a secret');
  claimDrafts('eve', storage, memoryStorage());
  tab('1').sending('c', { id: 's', prompt: 'from Eve' }, '');
  assert.ok(claimDrafts('eve', storage, ofTab));
  assert.equal(tab('1').textOf('c'), 'from Eve', 'who has claimed them keeps theirs');
  assert.equal(new PromptEdits(ofTab).of('q'), undefined);
  assert.ok(!claimDrafts('eve', storage, ofTab));
});
