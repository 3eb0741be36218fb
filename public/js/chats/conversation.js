import { computed, signal } from '@preact/signals';
import { ChatLoader } from '../reading/chat-loader.js';
import { ChosenVersions } from '../reading/chosen-versions.js';
import { endings } from '../reading/endings.js';
import { isRunning, newPrompt, newReply } from '../reading/reply.js';
import { ReplyTimes } from '../reading/reply-times.js';
import { ReplyFollower } from '../reading/reply-follower.js';
import { SoughtMessage } from '../reading/sought-message.js';
import { Thread } from '../reading/thread.js';
import { aborted } from '../shell/abort.js';
import { Outbox } from '../sending/outbox.js';
import { PromptQueue } from '../sending/prompt-queue.js';
import { ReplyCommands } from '../sending/reply-commands.js';
import { chatPath } from '../shell/router.js';
import { Beginning, parametersOf } from './beginning.js';

/** The open chat and what a user can do in it. */
export class Conversation {
  chat = signal(null);
  visit = signal(0);
  beginning = new Beginning();
  #opened = null;
  #changedIn = 0;
  #follower;

  constructor({
    api, browser, router, chats, models, drafts, notices, announce,
    liveTabs, versions = new ChosenVersions(),
  }) {
    Object.assign(this, { api, router, chats, models, notices, announce, versions });
    const onChoose = (choices) => this.#opened && versions.keep(this.#opened, choices);
    const thread = new Thread({ onChoose });
    this.thread = thread;
    this.seeker = new SoughtMessage({ thread, notices });
    this.sought = this.seeker.shown;
    this.times = new ReplyTimes();
    this.loader = new ChatLoader({ api, thread, take: (read) => this.#take(read) });
    this.outbox = new Outbox({ api, drafts, notices, liveTabs });
    this.commands = new ReplyCommands({ api, notices, begin: (...reply) => this.#begin(...reply) });
    this.#follower = new ReplyFollower({
      thread,
      browser,
      times: this.times,
      readChat: () => this.loader.newest(),
      onEnd: (reply) => this.#ended(reply),
    });
    this.busy = computed(() => thread.running.value || this.commands.asking.value
      || Boolean(this.outbox.outgoing.value));
    this.queue = new PromptQueue({
      api, notices, browser, busy: this.busy, look: () => this.loader.refresh(),
    });
  }

  open(id, message = null) {
    const isOpen = id === this.#opened && this.visit.value;
    if (isOpen) return this.seeker.seek(message, { isOpen }) ? undefined : this.refresh();
    if (this.visit.value) this.beginning.replace({});
    this.#opened = id;
    this.visit.value += 1;
    this.seeker.seek(message, { isOpen: false });
    this.queue.open(id);
    this.#follower.leave();
    this.thread.clear(this.versions.of(id));
    this.outbox.open(id);
    this.chat.value = id && { id };
    return this.loader.open(id);
  }

  /** The id of the chat, null for a new one. */
  get opened() {
    return this.#opened;
  }

  isOpen = (chat) => this.#opened === chat;

  /** What happened meanwhile in another tab or on another device. */
  async refresh(why) {
    if (this.#follower.any) await this.queue.refresh();
    else if (!this.outbox.outgoing.value) await this.loader.refresh(why);
  }

  /** `parent`: what to answer under, null for the beginning. `files`: others than at the box. */
  async send(prompt, { parent, files } = {}) {
    if (this.busy.value) return;
    const visit = this.visit.value;
    const compose = (signal) => this.#compose({ prompt, parent, visit, signal });
    const made = await this.outbox.send(prompt, compose, files);
    if (this.visit.value !== visit) return;
    await (made ? this.#sent(made, prompt) : this.refresh());
  }

  /** Lets a prompt wait until the reply that runs is complete. */
  async enqueue(prompt) {
    await this.outbox.handOver(prompt, (files) => this.queue.add(prompt, files));
    await this.queue.awaitNext();
  }

  stop() {
    if (this.outbox.outgoing.value) this.outbox.giveUp();
    else this.commands.stop(this.thread.runningIds());
  }

  /** Of the replies that are read side by side one is gone on from; the others are stopped. */
  keep(reply) {
    this.thread.keep(reply);
    this.commands.stop(this.thread.runningIds().filter((id) => id !== reply.id));
  }

  /** By the model that is chosen for the chat, unless another one is wanted for this reply. */
  regenerate(reply, model = this.models.of(this.chat.value) ?? undefined, { beside } = {}) {
    if (this.busy.value && !beside) return undefined;
    return this.commands.regenerate(reply, model, parametersOf(this.chat.value), { beside });
  }

  continue = (reply) => (this.busy.value ? undefined : this.commands.continue(reply));

  async useModel(model) {
    this.models.remember(model);
    const chat = this.chat.value;
    if (!chat) return;
    this.#change({ model });
    await this.api.changeChat(chat.id, { model }).catch((error) => this.notices.report(error));
  }

  /** How the model writes here, or in the new chat that is to come. */
  async configure(changes) {
    const chat = this.chat.value;
    if (!chat) return this.beginning.add(changes);
    this.#change(await this.api.changeChat(chat.id, changes));
  }

  async rename(id, title) {
    if ((await this.chats.change(id, { title })) && this.isOpen(id)) this.#change({ title });
  }

  #change(facts) {
    this.#changedIn = this.thread.turn += 1;
    this.chat.value = { ...this.chat.value, ...facts };
  }

  /** The request is made when all of the chat is known: a prompt belongs under its last message. */
  async #compose({ prompt, parent, visit, signal }) {
    await Promise.race([this.loader.whole(), aborted(signal)]);
    if (this.visit.value !== visit) throw new DOMException('another chat is open', 'AbortError');
    const chat = this.#opened;
    const by = this.models.answering(this.chat.value);
    if (!chat) return { request: { prompt, ...by, ...this.beginning.values.value }, parent: null };
    const under = parent === undefined ? this.thread.last?.id ?? null : parent;
    return { request: { prompt, chat, parent: under, ...by }, parent: under };
  }

  #take({ chat, messages, turn, partial }) {
    this.chat.value = this.#changedIn > turn ? { ...chat, ...this.chat.value } : chat;
    this.thread.merge(messages, { turn, isFollowed: (id) => this.#follower.follows(id), partial });
    this.seeker.reveal();
    this.queue.counted(chat.queued);
    this.outbox.compareWith(messages);
    messages
      .filter(({ id }) => isRunning(this.thread.get(id)))
      .forEach(({ id }) => this.#follower.follow(id));
  }

  #sent(made, prompt) {
    const { parent, model, files, replies = [{ reply: made.reply, model }] } = made;
    const isNew = !this.#opened;
    this.models.others.value = [];
    if (isNew) {
      this.#opened = made.chat;
      this.outbox.moveTo(made.chat);
      this.loader.created(made.chat);
      const facts = { id: made.chat, title: prompt.split('\n')[0].slice(0, 80) };
      this.chat.value = { ...this.beginning.values.value, ...facts, model: replies[0].model };
      this.beginning.replace({});
      this.queue.open(made.chat);
    }
    this.thread.add(newPrompt({ id: made.message, parent, content: prompt, files }));
    const created = Date.now();
    for (const { reply: id, model: by } of replies.reverse()) // the first model's is the newest
      this.#begin({ ...newReply({ id, parent: made.message, model: by }), created });
    if (isNew) this.router.go(chatPath(made.chat));
    this.chats.load();
  }

  #begin(reply, beside) {
    if (beside) this.thread.addBeside(reply, beside);
    else this.thread.add(reply);
    if (!reply.content) this.times.asked(reply.id);
    this.#follower.follow(reply.id);
  }

  async #ended(reply) {
    const isColumn = this.thread.columns.peek().some((each) => each.peek().id === reply.id);
    this.announce(`${isColumn ? `${reply.model}: ` : ''}${endings[reply.status]}`);
    // The server knows more now: a title, and what the model did not get to read.
    await Promise.all([this.chats.load(), this.refresh()]);
    await this.queue.awaitNext();
  }
}
