import { computed, signal } from '@preact/signals';
import { ReplyFollower } from '../reading/reply-follower.js';
import { Outbox } from '../sending/outbox.js';
import { isRunning, newPrompt, newReply, reopen } from '../reading/reply.js';
import { chatPath } from '../shell/router.js';
import { Thread } from '../reading/thread.js';

const endings = {
  complete: 'The reply is finished.',
  stopped: 'The reply was stopped.',
  interrupted: 'The reply was interrupted.',
  failed: 'The reply failed.',
};

/** The open chat and what a user can do in it. */
export class Conversation {
  chat = signal(null);
  loading = signal(false);
  missing = signal(false);
  visit = signal(0);
  thread = new Thread();
  #asking = signal(false);
  #follower;
  #opened;

  constructor({ api, browser, router, chats, models, drafts, notices, announce }) {
    Object.assign(this, { api, router, chats, models, notices, announce });
    this.outbox = new Outbox({ api, drafts, notices });
    this.busy = computed(() =>
      Boolean(this.outbox.outgoing.value || this.#asking.value || this.thread.running.value),
    );
    this.#follower = new ReplyFollower({
      thread: this.thread,
      browser,
      isOver: (reply) => this.#isOver(reply),
      onEnd: (reply) => this.#ended(reply),
    });
  }

  async open(id) {
    if (id === this.#opened) return;
    this.#opened = id;
    this.visit.value += 1;
    this.#follower.leave();
    this.thread.clear();
    this.outbox.open(id);
    this.chat.value = id && { id };
    this.missing.value = false;
    this.loading.value = Boolean(id);
    if (id) await this.#load(id);
  }

  isOpen(chat) {
    return this.#opened === chat;
  }

  /** What happened meanwhile in another tab or on another device. */
  async refresh() {
    if (this.#opened && !this.#follower.any && !this.outbox.outgoing.value)
      await this.#load(this.#opened, { report() {} });
  }

  async send(prompt, { parent = this.thread.last?.id ?? null } = {}) {
    if (this.busy.value) return;
    const chat = this.#opened;
    const model = this.models.of(this.chat.value) ?? undefined;
    const made = await this.outbox.send(
      chat ? { prompt, chat, parent, model } : { prompt, model },
      parent,
    );
    if (this.#opened !== chat) return;
    if (made) this.#sent(made, { prompt, parent, model });
    else await this.refresh();
  }

  stop() {
    const running = this.thread.running.value;
    if (this.outbox.outgoing.value) this.outbox.giveUp();
    else if (running) this.#try(() => this.api.stopReply(running));
  }

  regenerate(reply) {
    return this.#ask(async () => {
      const made = await this.api.regenerateReply(reply.id);
      this.#begin(newReply({ id: made.reply, parent: reply.parent, model: reply.model }));
    });
  }

  continue(reply) {
    return this.#ask(async () => {
      await this.api.continueReply(reply.id);
      this.#begin(reopen(reply));
    });
  }

  async useModel(model) {
    this.models.remember(model);
    const chat = this.chat.value;
    if (!chat) return;
    this.chat.value = { ...chat, model };
    await this.#try(() => this.api.changeChat(chat.id, { model }));
  }

  async rename(id, title) {
    const taken = await this.chats.change(id, { title });
    if (taken && this.#opened === id) this.chat.value = { ...this.chat.value, title };
  }

  async remove(id) {
    const taken = await this.chats.remove(id);
    if (taken && this.#opened === id) this.router.go('/');
  }

  async #load(id, notices = this.notices) {
    try {
      const { messages, ...chat } = await this.api.readChat(id);
      if (this.#opened !== id) return;
      this.chat.value = chat;
      this.thread.replace(messages);
      this.outbox.compareWith(messages);
      messages.filter(isRunning).forEach((reply) => this.#follower.follow(reply.id));
    } catch (error) {
      if (this.#opened !== id) return;
      if (error.status === 404) this.missing.value = true;
      else notices.report(error);
    } finally {
      if (this.#opened === id) this.loading.value = false;
    }
  }

  #sent(made, { prompt, parent, model }) {
    const message = newPrompt({ id: made.message, parent, content: prompt });
    if (!this.#opened) {
      this.#opened = made.chat;
      this.outbox.moveTo(made.chat);
      this.chat.value = { id: made.chat, title: prompt.split('\n')[0].slice(0, 80), model };
    }
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

  async #isOver(id) {
    const stored = await this.#stored(id);
    if (stored && isRunning(stored)) return false;
    this.thread.change(id, (reply) => stored ?? { ...reply, status: 'interrupted' });
    return true;
  }

  async #stored(reply) {
    try {
      const { messages } = await this.api.readChat(this.#opened);
      return messages.find(({ id }) => id === reply);
    } catch (error) {
      // The chat is gone, or this browser is logged out: nothing more will come here.
      if (error.status === 404 || error.status === 401) return undefined;
      throw error;
    }
  }

  async #ended(reply) {
    this.announce(endings[reply.status]);
    // The server knows more now: a title for the chat, and what the model did not get to read.
    await Promise.all([this.chats.load(), this.refresh()]);
  }

  async #ask(act) {
    if (this.busy.value) return;
    this.#asking.value = true;
    await this.#try(act);
    this.#asking.value = false;
  }

  async #try(act) {
    try {
      await act();
    } catch (error) {
      this.notices.report(error);
    }
  }
}
