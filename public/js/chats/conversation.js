import { computed, signal } from '@preact/signals';
import { ChatLoader } from '../reading/chat-loader.js';
import { ChosenVersions } from '../reading/chosen-versions.js';
import { endings } from '../reading/endings.js';
import { isRunning, newPrompt, newReply } from '../reading/reply.js';
import { ReplyFollower } from '../reading/reply-follower.js';
import { Thread } from '../reading/thread.js';
import { Outbox } from '../sending/outbox.js';
import { ReplyCommands } from '../sending/reply-commands.js';
import { chatPath } from '../shell/router.js';

/** The open chat and what a user can do in it. */
export class Conversation {
  chat = signal(null);
  visit = signal(0);
  #opened = null;
  #changedIn = 0;
  #follower;

  constructor({
    api, browser, router, chats, models, drafts, notices, announce,
    liveTabs, versions = new ChosenVersions(),
  }) {
    Object.assign(this, { api, router, chats, models, notices, announce, versions });
    const thread = new Thread({ onChoose: (choices) => this.#keepVersions(choices) });
    this.thread = thread;
    this.loader = new ChatLoader({ api, thread, take: (read) => this.#take(read) });
    this.outbox = new Outbox({ api, drafts, notices, liveTabs });
    this.commands = new ReplyCommands({ api, notices, begin: (reply) => this.#begin(reply) });
    this.#follower = new ReplyFollower({
      thread,
      browser,
      readChat: () => this.loader.newest(),
      onEnd: (reply) => this.#ended(reply),
    });
    const { outbox, commands } = this;
    this.busy = computed(() =>
      Boolean(outbox.outgoing.value || commands.asking.value || thread.running.value),
    );
  }

  async open(id) {
    if (id === this.#opened && this.visit.value) return;
    this.#opened = id;
    this.visit.value += 1;
    this.#follower.leave();
    this.thread.clear(this.versions.of(id));
    this.outbox.open(id);
    this.chat.value = id && { id };
    await this.loader.open(id);
  }

  /** The id of the chat, null for a new one. */
  get opened() {
    return this.#opened;
  }

  isOpen(chat) {
    return this.#opened === chat;
  }

  /** What happened meanwhile in another tab or on another device. */
  async refresh() {
    if (!this.#follower.any && !this.outbox.outgoing.value) await this.loader.refresh();
  }

  /**
   * `parent` is the message to answer under, null for the beginning; else the last one. `files` are
   * others than those beside the box.
   */
  async send(prompt, { parent, files } = {}) {
    if (this.busy.value) return;
    const visit = this.visit.value;
    const compose = (signal) => this.#compose({ prompt, parent, visit, signal });
    const made = await this.outbox.send(prompt, compose, files);
    if (this.visit.value !== visit) return;
    if (made) this.#sent(made, prompt);
    else await this.refresh();
  }

  stop() {
    const running = this.thread.running.value;
    if (this.outbox.outgoing.value) this.outbox.giveUp();
    else if (running) this.commands.stop(running);
  }

  regenerate(reply) {
    const model = this.models.of(this.chat.value) ?? undefined;
    return this.busy.value ? undefined : this.commands.regenerate(reply, model);
  }

  continue(reply) {
    return this.busy.value ? undefined : this.commands.continue(reply);
  }

  async useModel(model) {
    this.models.remember(model);
    const chat = this.chat.value;
    if (!chat) return;
    this.#change({ model });
    await this.api.changeChat(chat.id, { model }).catch((error) => this.notices.report(error));
  }

  async rename(id, title) {
    const taken = await this.chats.change(id, { title });
    if (taken && this.#opened === id) this.#change({ title });
  }

  #change(facts) {
    this.#changedIn = this.thread.turn += 1;
    this.chat.value = { ...this.chat.value, ...facts };
  }

  /** The request is made when all of the chat is known: a prompt belongs under its last message. */
  async #compose({ prompt, parent, visit, signal }) {
    await Promise.race([this.loader.whole(), aborted(signal)]);
    if (this.visit.value !== visit) throw new DOMException('Another chat is open', 'AbortError');
    const chat = this.#opened;
    const model = this.models.of(this.chat.value) ?? undefined;
    if (!chat) return { request: { prompt, model }, parent: null };
    const under = parent === undefined ? this.thread.last?.id ?? null : parent;
    return { request: { prompt, chat, parent: under, model }, parent: under };
  }

  #take({ chat, messages, turn, partial }) {
    const { model, title } = this.chat.value ?? {};
    this.chat.value = this.#changedIn > turn ? { ...chat, model, title } : chat;
    const isFollowed = (id) => this.#follower.follows(id);
    this.thread.merge(messages, { turn, isFollowed, partial });
    this.outbox.compareWith(messages);
    messages
      .filter(({ id }) => isRunning(this.thread.get(id)))
      .forEach(({ id }) => this.#follower.follow(id));
  }

  #sent(made, prompt) {
    const { parent, model, files } = made;
    if (!this.#opened) {
      this.#opened = made.chat;
      this.outbox.moveTo(made.chat);
      this.loader.created(made.chat);
      this.chat.value = { id: made.chat, title: prompt.split('\n')[0].slice(0, 80), model };
    }
    const message = newPrompt({ id: made.message, parent, content: prompt, files });
    this.thread.put(message);
    this.thread.choose(message);
    this.#begin(newReply({ id: made.reply, parent: made.message, model }));
    this.router.go(chatPath(made.chat));
    this.chats.load();
  }

  #begin(reply) {
    this.thread.put(reply);
    this.thread.choose(reply);
    this.#follower.follow(reply.id);
  }

  async #ended(reply) {
    this.announce(`The reply ${endings[reply.status]}.`);
    // The server knows more now: a title for the chat, and what the model did not get to read.
    await Promise.all([this.chats.load(), this.refresh()]);
  }

  #keepVersions(choices) {
    if (this.#opened) this.versions.keep(this.#opened, choices);
  }
}

const aborted = (signal) =>
  new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
