import { signal } from '@preact/signals';
import { Attachments } from '../attachments/attachments.js';
import { joined, without } from './drafts.js';
import { deliver, newId, pause, withId } from './delivery.js';

/** What the user has typed in the open chat, and the prompt that is on its way to the server. */
export class Outbox {
  typed = signal('');
  outgoing = signal(null);
  #chat = null;
  #flying = new Map();

  /** `liveTabs` tells which tabs are open, so that the drafts of closed ones are found. */
  constructor({ api, drafts, notices, liveTabs = async () => null }) {
    Object.assign(this, { api, drafts, notices, liveTabs });
    const onChange = (files) =>
      this.drafts.attach(this.#chat, [...(this.outgoing.value?.files ?? []), ...files]);
    this.attachments = new Attachments({ notices, onChange });
  }

  open(chat) {
    this.#chat = chat;
    this.outgoing.value = this.#flying.get(chat)?.facts ?? null;
    this.#show();
    if (!this.typed.value) this.#adopt(chat);
  }

  type(text) {
    this.typed.value = text;
    this.drafts.type(this.#chat, joined(this.outgoing.value?.prompt, text));
  }

  /**
   * Shows the prompt as on its way at once, and sends it when `compose` has found out the request
   * and the parent. Resolves to the answer of the server with these two and whether the prompt is
   * shown, or to null when it was not taken; its text is then back in the box. `files` are others
   * than those beside the box.
   */
  async send(prompt, compose, files = this.attachments.take()) {
    const chat = this.#chat;
    const sending = new AbortController();
    sending.facts = { id: newId(), prompt, files, retrying: false };
    this.#flying.set(chat, sending);
    if (this.typed.value.trim() === prompt) this.typed.value = '';
    this.drafts.type(chat, joined(prompt, this.typed.value));
    this.outgoing.value = sending.facts;
    try {
      const made = await this.#deliver(chat, compose, sending);
      return { ...made, files, isShown: this.#isShown(sending) };
    } catch (error) {
      this.notices.report(error);
      if (this.#isShown(sending)) this.#giveBack(prompt, files);
      return null;
    } finally {
      if (this.#isShown(sending)) this.outgoing.value = null;
      this.#flying.delete(chat);
    }
  }

  /**
   * The prompt and its files leave the box when `take` says that somebody has them. `after` is the
   * youngest message that is known, before they come to be one.
   */
  async handOver(prompt, take, after = '') {
    const chat = this.#chat;
    const files = this.attachments.take();
    const { after: known = after, ...unsent } = this.drafts.waitOf(chat) ?? {};
    const send = withId({ prompt, ...attached(files) }, unsent);
    this.drafts.waiting(chat, { ...send, after: send.id === unsent.id ? known : after });
    const taken = await take(send);
    if (taken) this.#taken(chat, send);
    else if (this.#chat === chat) this.attachments.giveBack(files);
    if (this.#chat === chat) this.attachments.tell();
  }

  giveUp() {
    this.#flying.get(this.#chat)?.abort();
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
    const [chat, send] = [this.#chat, this.drafts.sendOf(this.#chat)];
    const sameParent = ({ parent }) => (parent ?? null) === (send.parent ?? null);
    const has = (prompt, isIt) =>
      messages.some((message) => message.content === prompt && isIt(message));
    if (send && !this.outgoing.value && has(send.prompt, sameParent)) this.#taken(chat, send);
    const wait = this.drafts.waitOf(chat);
    const isNew = ({ role, id }) => role === 'user' && id > wait.after;
    if (wait && has(wait.prompt, isNew)) this.#taken(chat, wait);
  }

  /** The same of what came to wait. */
  compareWithQueue(queued) {
    const wait = this.drafts.waitOf(this.#chat);
    if (queued.some(({ id }) => id === wait?.id)) this.#taken(this.#chat, wait);
  }

  #show() {
    const { prompt = '', files = [] } = this.outgoing.value ?? {};
    const isBeside = ({ id }) => !files.some((file) => file.id === id);
    this.typed.value = without(this.drafts.textOf(this.#chat), prompt);
    this.attachments.show(this.drafts.filesOf(this.#chat).filter(isBeside));
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
    const { request, parent } = await compose(sending.signal);
    sending.signal.throwIfAborted();
    const wanted = { ...request, ...attached(sending.facts.files) };
    const send = withId(wanted, this.drafts.sendOf(chat));
    this.drafts.sending(chat, send, this.#isShown(sending) ? this.typed.value : '');
    this.#mark(sending, { id: send.id, parent });
    const onRetry = () => this.#mark(sending, { retrying: true });
    const options = { post: this.api.sendPrompt, pause, onRetry, signal: sending.signal };
    const made = await deliver(send, options);
    this.drafts.taken(chat, send);
    return { ...made, parent, model: send.model };
  }

  /** The server has a prompt: it is not in the box of its chat, which may be open or not. */
  #taken(chat, sent) {
    this.drafts.taken(chat, sent);
    if (this.#chat !== chat) return;
    if (this.outgoing.value) this.type(without(this.typed.value, sent.prompt));
    else this.typed.value = this.drafts.textOf(chat);
    this.attachments.list.value = this.attachments.list.value
      .filter(({ id }) => !sent.attachments?.includes(id));
  }

  #mark(sending, facts) {
    Object.assign(sending, { facts: { ...sending.facts, ...facts } });
    if (this.#isShown(sending)) this.outgoing.value = sending.facts;
  }

  /** The chat in which it was sent is open, still or again. */
  #isShown(sending) {
    return this.#flying.get(this.#chat) === sending;
  }
}

const attached = (files) => files.length > 0 && { attachments: files.map(({ id }) => id) };
