import { signal } from '@preact/signals';
import { Attachments } from '../attachments/attachments.js';
import { joined, without } from './drafts.js';
import { deliver, newId, pause, withId } from './delivery.js';

/** What the user has typed in the open chat, and the prompt that is on its way to the server. */
export class Outbox {
  typed = signal('');
  outgoing = signal(null);
  #chat = null;
  #giveUp = new AbortController();

  /** `liveTabs` tells which tabs are open, so that the drafts of closed ones are found. */
  constructor({ api, drafts, notices, liveTabs = async () => null }) {
    Object.assign(this, { api, drafts, notices, liveTabs });
    const onChange = (files) =>
      this.drafts.attach(this.#chat, [...(this.outgoing.value?.files ?? []), ...files]);
    this.attachments = new Attachments({ notices, onChange });
  }

  open(chat) {
    this.#chat = chat;
    this.outgoing.value = null;
    this.#show();
    if (!this.typed.value) this.#adopt(chat);
  }

  type(text) {
    this.typed.value = text;
    this.drafts.type(this.#chat, joined(this.outgoing.value?.prompt, text));
  }

  /**
   * Shows the prompt as on its way at once, and sends it when `compose` has found out the request
   * and the parent. Resolves to the answer of the server with these two, or to null when the prompt
   * was not taken; its text is then back in the box. `files` are others than those beside the box.
   */
  async send(prompt, compose, files = this.attachments.take()) {
    const chat = this.#chat;
    const sending = new AbortController();
    this.#giveUp = sending;
    if (this.typed.value.trim() === prompt) this.typed.value = '';
    this.drafts.type(chat, joined(prompt, this.typed.value));
    this.outgoing.value = { id: newId(), prompt, files, retrying: false };
    try {
      return { ...(await this.#deliver(chat, compose, sending)), files };
    } catch (error) {
      this.notices.report(error);
      if (this.#isCurrent(sending)) this.#giveBack(prompt, files);
      return null;
    } finally {
      if (this.#isCurrent(sending)) this.outgoing.value = null;
    }
  }

  /** The prompt and its files leave the box when `take` says that somebody has them. */
  async handOver(prompt, take) {
    const chat = this.#chat;
    const files = this.attachments.take();
    const taken = await take(files);
    if (taken) this.#taken(chat, { prompt, attachments: files.map(({ id }) => id) });
    else if (this.#chat === chat) this.attachments.giveBack(files);
    if (this.#chat === chat) this.attachments.tell();
  }

  giveUp() {
    this.#giveUp.abort();
  }

  /** A new chat got its name; what was typed meanwhile belongs to it. */
  moveTo(chat) {
    this.drafts.type(this.#chat, '');
    this.drafts.attach(this.#chat, []);
    this.#chat = chat;
    this.type(this.typed.value);
    this.drafts.attach(chat, this.attachments.taken.value);
  }

  /** A send whose answer was lost, by a reload say, can have arrived all the same. */
  compareWith(messages) {
    const send = this.drafts.sendOf(this.#chat);
    if (!send || this.outgoing.value) return;
    const sameParent = ({ parent }) => (parent ?? null) === (send.parent ?? null);
    if (!messages.some((message) => message.content === send.prompt && sameParent(message))) return;
    this.#taken(this.#chat, send);
  }

  #show() {
    this.typed.value = this.drafts.textOf(this.#chat);
    this.attachments.show(this.drafts.filesOf(this.#chat));
  }

  #giveBack(prompt, files) {
    this.typed.value = joined(prompt, this.typed.value);
    this.attachments.giveBack(files);
    this.drafts.attach(this.#chat, this.attachments.taken.value);
  }

  async #adopt(chat) {
    const live = await this.liveTabs();
    const empty = !this.typed.value && !this.attachments.list.value.length;
    const untouched = this.#chat === chat && empty && !this.outgoing.value;
    if (untouched && this.drafts.adopt(chat, live)) this.#show();
  }

  async #deliver(chat, compose, sending) {
    const { files } = this.outgoing.value;
    const { request, parent } = await compose(sending.signal);
    sending.signal.throwIfAborted();
    const attachments = files.length > 0 && { attachments: files.map(({ id }) => id) };
    const send = withId({ ...request, ...attachments }, this.drafts.sendOf(chat));
    this.drafts.sending(chat, send, this.#isCurrent(sending) ? this.typed.value : '');
    this.#mark(sending, { id: send.id, parent });
    const onRetry = () => this.#mark(sending, { retrying: true });
    const options = { post: this.api.sendPrompt, pause, onRetry, signal: sending.signal };
    const made = await deliver(send, options);
    if (this.#isCurrent(sending)) this.drafts.taken(chat, send);
    else this.#taken(chat, send);
    return { ...made, parent, model: send.model };
  }

  /** The server has a prompt: it is not in the box of its chat, which may be open or not. */
  #taken(chat, sent) {
    const isOpen = this.#chat === chat;
    if (isOpen && this.outgoing.value) this.type(without(this.typed.value, sent.prompt));
    else this.drafts.taken(chat, sent);
    if (!isOpen) return;
    if (!this.outgoing.value) this.typed.value = this.drafts.textOf(chat);
    this.attachments.list.value = this.attachments.list.value
      .filter(({ id }) => !sent.attachments?.includes(id));
  }

  #mark(sending, facts) {
    if (this.#isCurrent(sending)) this.outgoing.value = { ...this.outgoing.value, ...facts };
  }

  #isCurrent(sending) {
    return this.#giveUp === sending && Boolean(this.outgoing.value);
  }
}
