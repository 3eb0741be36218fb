// Whatever order typing, sending, leaving and the answers come in: no text that was typed is lost,
// and none that the server has is in a box.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { settle } from '../support/fake-browser.js';
import { openPage, prompt, reply } from '../support/chat-page.js';

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
  steps = [];
  #count = 0;

  constructor(seed) {
    this.random = randomFrom(seed);
    Object.assign(this, openPage());
    this.outbox = this.conversation.outbox;
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
    const { id, prompt: text, chat } = call.asked.at(name === 'sendPrompt' ? 0 : 1);
    if (!isTaken && this.arrived.some((each) => each.id === id)) return;
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
    if (!send?.chat || this.arrived.some(({ id }) => id === send.id)) return;
    this.arrived.push({ ...prompt(send.id, send.parent, send.prompt), chat: send.chat });
    send.prompt.split('\n\n').forEach((word) => this.taken.add(word));
  }

  async answerReads() {
    await settle();
    for (const call of this.api.calls.filter(({ answered }) => !answered)) {
      const { name, asked: [chat] } = call;
      const messages = [...old(chat), ...this.arrived.filter((each) => each.chat === chat)];
      if (name === 'readChat') await this.#give(call, { id: chat, title: 'Chat', messages });
      if (name === 'readQueue') await this.#give(call, { queued: [] });
    }
  }

  async #give(call, answer) {
    call.answered = true;
    call.give(answer);
    await settle();
  }

  async step() {
    const acts = {
      type: () => this.type(), send: () => this.clickSend(),
      take: () => this.answer('sendPrompt', true), refuse: () => this.answer('sendPrompt', false),
      arrive: () => this.arrive(), look: () => this.conversation.refresh() && this.answerReads(),
      queue: () => this.answer('queuePrompt', true), keep: () => this.answer('queuePrompt', false),
      c: () => this.open('c'), d: () => this.open('d'), new: () => this.open(null),
    };
    const name = this.pick(Object.keys(acts));
    this.steps.push(name);
    await acts[name]();
    await settle();
  }

  async end() {
    while (this.flying.size) {
      const before = this.flying.size;
      await this.answer('sendPrompt', true);
      await this.answer('queuePrompt', true);
      if (this.flying.size === before) break;
    }
  }

  /** What stands in the boxes of all chats, as who opens them one after another sees it. */
  async boxes() {
    const { drafts } = this.outbox;
    const open = this.conversation.opened;
    const here = this.outbox.typed.value;
    const stored = [...this.chats].filter((chat) => chat !== open)
      .map((chat) => drafts.textOf(chat));
    return { here, all: [here, ...stored].flatMap((text) => text.split('\n\n')).filter(Boolean),
      kept: drafts.textOf(open) };
  }
}

test('no text is lost, and none is sent and in the box, in whatever order things come', async () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const story = new Story(seed);
    await story.open('c');
    for (let step = 0; step < 25; step += 1) await story.step();
    await story.end();
    const { here, all, kept } = await story.boxes();
    const told = `seed ${seed}: ${story.steps.join(' ')}`;
    assert.equal(kept, here, `the draft is what is in the box: ${told}`);
    const words = [...story.typed];
    const lost = words.filter((word) => !story.taken.has(word) && !all.includes(word));
    assert.deepEqual(lost, [], `lost: ${told}`);
    const twice = words.filter((word) => story.taken.has(word) && all.includes(word));
    assert.deepEqual(twice, [], `taken and in a box: ${told}`);
  }
});
