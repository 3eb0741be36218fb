// Whatever order typing, sending, leaving and the answers come in: no text that was typed is lost,
// and none that the server has is in a box.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { settle } from '../support/fake-browser.js';
import { memoryStorage, openPage, prompt, reply } from '../support/chat-page.js';

const { Problem } = await page('js/api.js');

/** Numbers from 0 to 1 that are the same in each run. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const old = (chat) => [prompt(`q${chat}`, null), reply(`a${chat}`, `q${chat}`)];

/** A user, and a server that answers when it likes. A text is a word that is typed once. */
class Story {
  typed = new Set();
  chats = new Set([null, 'c', 'd']);
  taken = new Set();
  flying = new Set();
  arrived = [];
  waiting = [];
  had = new Set();
  steps = [];
  storage = memoryStorage();
  #count = 0;

  constructor(seed) {
    this.seed = seed;
    this.random = randomFrom(seed);
    this.#begin();
  }

  #begin() {
    Object.assign(this, openPage({ storage: this.storage }));
    this.outbox = this.conversation.outbox;
  }

  /** Whatever is on its way is never answered. */
  async reload() {
    const { opened } = this.conversation;
    this.outbox.drafts.leave();
    this.flying.clear();
    this.#begin();
    await this.open(opened);
  }

  pick = (all) => all[Math.floor(this.random() * all.length)];

  async open(chat) {
    this.conversation.open(chat);
    await settle();
    await this.answerReads();
  }

  /** Each word begins as the one before it, so that what is cut off wrongly shows. */
  type() {
    const word = `w${'o'.repeat(this.#count += 1)}`;
    this.typed.add(word);
    const before = this.outbox.typed.value;
    this.outbox.type(before && `${before}\n\n${word}` || word);
  }

  clickSend() {
    const text = this.outbox.typed.value.trim();
    const words = text.split('\n\n');
    if (!text || words.some((word) => this.flying.has(word))) return;
    const { busy, opened } = this.conversation;
    if (busy.value && !opened) return;
    words.forEach((word) => this.flying.add(word));
    if (busy.value) this.conversation.enqueue(text);
    else this.conversation.send(text);
  }

  async answer(name, isTaken) {
    const call = this.api.calls.find((each) => each.name === name && !each.answered);
    if (!call) return;
    const isSend = name === 'sendPrompt';
    const { id, prompt: text, chat } = call.asked.at(isSend ? 0 : 1);
    if (!isTaken && this.had.has(id)) return;
    if (isTaken && !isSend) this.#wait(call);
    const words = text.split('\n\n');
    words.forEach((word) => this.flying.delete(word));
    if (isTaken) words.forEach((word) => this.taken.add(word));
    const made = { chat: chat ?? `n${this.#count}`, message: `m${text.length}`, reply: `r${text.length}` };
    this.chats.add(made.chat);
    await this.api.answer(name, isTaken ? made : new Problem(429, { detail: 'No.' }));
    await this.answerReads();
  }

  /** The server has it, and its answer is still on its way. */
  arrive() {
    const call = this.api.calls.find((each) => each.name === 'sendPrompt' && !each.answered);
    const [send] = call?.asked ?? [];
    if (!send?.chat || this.had.has(send.id)) return;
    this.had.add(send.id);
    this.arrived.push({ ...prompt(send.id, send.parent, send.prompt), chat: send.chat });
    send.prompt.split('\n\n').forEach((word) => this.taken.add(word));
  }

  /** The server lets it wait, and its answer is still on its way. */
  arriveInQueue() {
    const call = this.api.calls.find((each) => each.name === 'queuePrompt' && !each.answered);
    if (call) this.#wait(call);
  }

  #wait({ asked: [chat, { id, prompt: text }] }) {
    if (this.had.has(id)) return;
    this.had.add(id);
    this.waiting.push({ id, prompt: text, chat });
    text.split('\n\n').forEach((word) => this.taken.add(word));
  }

  /** The reply before it is complete. */
  sendWaiting() {
    const next = this.waiting.shift();
    if (!next) return;
    const { id, chat, prompt: text } = next;
    this.arrived.push({ ...prompt(`z${id}`, `a${chat}`, text), chat });
  }

  /** The user gives up what is on its way; the server may have it all the same. */
  async stop() {
    const { outgoing } = this.outbox;
    const of = ({ name, answered, asked: [send] }) =>
      name === 'sendPrompt' && !answered && send.id === outgoing.value?.id;
    const call = this.api.calls.find(of);
    if (!call) return;
    this.conversation.stop();
    call.answered = true;
    call.fail(new DOMException('given up', 'AbortError'));
    call.asked[0].prompt.split('\n\n').forEach((word) => this.flying.delete(word));
    await this.answerReads();
  }

  async answerReads() {
    await settle();
    // A chat with prompts that wait has those read then, which makes one call more.
    for (const call of this.api.calls) {
      if (call.answered) continue;
      const { name, asked: [chat] } = call;
      const messages = [...old(chat), ...this.arrived.filter((each) => each.chat === chat)];
      const queued = this.waiting.filter((each) => each.chat === chat);
      const facts = { id: chat, title: 'Chat', queued: queued.length };
      if (name === 'readChat') await this.#give(call, { ...facts, messages });
      if (name === 'readQueue') await this.#give(call, { queued });
    }
  }

  async #give(call, answer) {
    call.answered = true;
    call.give(answer);
    await settle();
  }

  async step() {
    const waits = (name) => this.api.calls.some((each) => each.name === name && !each.answered);
    const sends = waits('sendPrompt') && {
      take: () => this.answer('sendPrompt', true), refuse: () => this.answer('sendPrompt', false),
      arrive: () => this.arrive(), stop: () => this.stop(),
    };
    const queues = waits('queuePrompt') && {
      queue: () => this.answer('queuePrompt', true), keep: () => this.answer('queuePrompt', false),
      wait: () => this.arriveInQueue(),
    };
    const waiting = this.waiting.length && { goOn: () => this.sendWaiting() };
    const always = {
      type: () => this.type(), write: () => this.type() ?? this.clickSend(),
      send: () => this.clickSend(), more: () => this.clickSend() ?? this.type(),
      look: () => this.conversation.refresh().then(() => this.answerReads()),
      c: () => this.open('c'), back: () => this.open('c'), d: () => this.open('d'),
      new: () => this.open(null),
    };
    const reload = this.random() < 0.1 && { reload: () => this.reload() };
    const acts = { ...always, ...sends, ...queues, ...waiting, ...reload };
    const name = this.pick(Object.keys(acts));
    this.steps.push(name);
    const done = acts[name]();
    await settle();
    await this.answerReads();
    await done;
    await settle();
  }

  async end() {
    while (this.flying.size) {
      const before = this.flying.size;
      await this.answer('sendPrompt', true);
      await this.answer('queuePrompt', true);
      if (this.flying.size === before) break;
    }
    for (const chat of this.chats) await this.open(chat);
  }

  /** The texts of the drafts of all chats; that of the open one is what is shown of it. */
  drafts() {
    const { drafts, outgoing, typed } = this.outbox;
    const shown = [outgoing.value?.prompt, typed.value].filter(Boolean).join('\n\n');
    assert.equal(drafts.textOf(this.conversation.opened), shown, `kept: ${this.told}`);
    return [...this.chats].flatMap((chat) => drafts.textOf(chat).split('\n\n'));
  }

  check() {
    const drafts = this.drafts();
    const lost = [...this.typed].filter((word) => !this.taken.has(word) && !drafts.includes(word));
    assert.deepEqual(lost, [], `lost: ${this.told}`);
    const { outgoing, typed } = this.outbox;
    const sent = outgoing.value?.prompt.split('\n\n') ?? [];
    const boxed = typed.value.split('\n\n').filter((word) => sent.includes(word));
    assert.deepEqual(boxed, [], `on its way and in the box: ${this.told}`);
  }

  get told() {
    return `seed ${this.seed}: ${this.steps.join(' ')}`;
  }
}

test('no text is lost, and none is sent and in the box, in whatever order things come', async () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const story = new Story(seed);
    await story.open('c');
    for (let step = 0; step < 25; step += 1) {
      await story.step();
      story.check();
    }
    await story.end();
    story.check();
    const drafts = story.drafts();
    const twice = [...story.taken].filter((word) => drafts.includes(word));
    assert.deepEqual(twice, [], `taken and in a box: ${story.told}`);
  }
});
