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
import { parametersOf } from './beginning.js';
import { OpenChat } from './open-chat.js';

/** The open chat and what a user can do in it. */
export class Conversation {
  visit = signal(0);
  #opened = null;
  #facts;
  #follower;

  constructor({
    api, browser, router, chats, models, drafts, notices, announce,
    liveTabs, versions = new ChosenVersions(),
  }) {
    const onChoose = (choices) => this.#opened && versions.keep(this.#opened, choices);
    const onBeside = (ids) => this.#opened && versions.keepBeside(this.#opened, ids);
    const thread = new Thread({ onChoose, onBeside });
    Object.assign(this, { thread, router, chats, models, announce, versions });
    this.#facts = new OpenChat({ api, models, notices, thread });
    this.chat = this.#facts.value;
    this.beginning = this.#facts.beginning;
    this.seeker = new SoughtMessage({ thread, notices });
    this.sought = this.seeker.shown;
    this.times = new ReplyTimes();
    this.loader = new ChatLoader({ api, thread, take: (read) => this.#take(read) });
    this.outbox = new Outbox({ api, drafts, notices, liveTabs });
    this.commands = new ReplyCommands({ api, notices });
    this.#follower = new ReplyFollower({
      thread, browser, times: this.times, readChat: () => this.loader.newest(),
      onEnd: (reply) => this.#ended(reply),
    });
    this.busy = computed(() => thread.running.value || Boolean(this.commands.asking.value
      || this.outbox.outgoing.value));
    const look = () => this.loader.refresh();
    const onRead = (queued) => this.outbox.compareWithQueue(queued);
    this.queue = new PromptQueue({ api, notices, browser, busy: this.busy, look, onRead });
  }

  open(id, message = null) {
    const isOpen = this.isOpen(id) && this.visit.value;
    if (isOpen) return this.seeker.seek(message, { isOpen }) ? undefined : this.refresh();
    if (this.visit.value) this.beginning.replace({});
    this.#opened = id;
    this.visit.value += 1;
    this.seeker.seek(message, { isOpen: false });
    this.queue.open(id);
    this.commands.leave();
    this.#follower.leave();
    this.thread.clear(this.versions.of(id), this.versions.besideIn(id));
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
    const [{ others }, chat, visit] = [this.models, this.#opened, this.visit.value];
    const asked = others.value;
    const compose = (signal) => this.#compose({ prompt, parent, visit, signal });
    const made = await this.outbox.send(prompt, compose, files);
    if (made && others.value === asked) others.value = [];
    // Who has come back meanwhile may have read the reply already.
    if (made?.isShown && !this.thread.get(made.reply)) await this.#sent(made, prompt);
    else if (made) await this.show(made.chat, { id: made.message, parent: made.parent });
    else if (this.isOpen(chat)) await this.refresh();
  }

  /** A new version in a chat that may not be open: it is shown there, now or from then on. */
  async show(chat, message) {
    this.versions.choose(chat, message);
    if (!this.isOpen(chat)) return;
    await this.loader.refresh({ isNews: true });
    this.thread.reveal(message.id);
  }

  /** A version that the server has just told of; it is shown whether or not more can be read. */
  add = (chat, message) =>
    this.isOpen(chat) ? this.thread.add(message) : this.versions.choose(chat, message);

  /** Lets a prompt wait until the reply that runs is complete. */
  async enqueue(prompt) {
    await this.outbox.handOver(prompt, (send) => this.queue.add(send), this.thread.last?.id);
    await this.queue.awaitNext();
  }

  stop() {
    if (this.outbox.outgoing.value) this.outbox.giveUp();
    else this.commands.stop(this.thread.runningIds());
  }

  /** Of the replies that are read side by side one is gone on from, by its model; others stop. */
  keep(reply) {
    this.thread.keep(reply);
    this.#facts.goOnBy(reply.model);
    this.commands.stop(this.thread.runningIds().filter((id) => id !== reply.id));
  }

  /** By the model of the chat, unless another one is wanted for this reply. */
  regenerate(reply, model = this.models.of(this.chat.value) ?? undefined, { beside } = {}) {
    if (this.busy.value && !beside) return undefined;
    const parameters = parametersOf(this.chat.value);
    return this.commands.regenerate(reply, model, parameters, this.#beginHere(beside && reply));
  }

  continue(reply) {
    return this.busy.value ? undefined : this.commands.continue(reply, this.#beginHere());
  }

  /** The reply that the server begins belongs here, wherever the reader is by then. */
  #beginHere(beside) {
    const [visit, chat] = [this.visit.value, this.#opened];
    return (reply) =>
      this.visit.value === visit ? this.#begin(reply, beside) : this.show(chat, reply);
  }

  useModel = (model) => this.#facts.useModel(model);
  configure = (changes) => this.#facts.configure(changes);
  async rename(id, title) {
    if ((await this.chats.change(id, { title })) && this.isOpen(id)) this.#facts.change({ title });
  }

  /** The request is made when all of the chat is known: a prompt belongs under its last message. */
  async #compose({ prompt, parent, visit, signal }) {
    await Promise.race([this.loader.whole(), aborted(signal)]);
    if (this.visit.value !== visit) throw new DOMException('another chat is open', 'AbortError');
    const [chat, by] = [this.#opened, this.models.answering(this.chat.value)];
    if (!chat) return { request: { prompt, ...by, ...this.beginning.values.value }, parent: null };
    const under = parent === undefined ? this.thread.last?.id ?? null : parent;
    return { request: { prompt, chat, parent: under, ...by }, parent: under };
  }

  #take({ chat, messages, turn, partial }) {
    this.#facts.take(chat, turn);
    this.thread.merge(messages, { turn, isFollowed: (id) => this.#follower.follows(id), partial });
    this.seeker.reveal();
    this.queue.counted(chat.queued);
    this.outbox.compareWith(messages);
    for (const { id } of messages) if (isRunning(this.thread.get(id))) this.#follower.follow(id);
  }

  #sent(made, prompt) {
    const { parent, model, files, replies = [{ reply: made.reply, model }] } = made;
    const [isNew, created] = [this.isOpen(null), Date.now()];
    if (isNew) {
      this.#opened = made.chat;
      this.outbox.moveTo(made.chat);
      this.loader.created(made.chat);
      this.#facts.begin({ id: made.chat, prompt, model: replies[0].model });
      this.queue.open(made.chat);
    }
    this.thread.add(newPrompt({ id: made.message, parent, content: prompt, files }));
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
