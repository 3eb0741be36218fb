import { signal } from '@preact/signals';
import { joined } from './drafts.js';
import { deliver, pause, withId } from './delivery.js';

/** What the user has typed in the open chat, and the prompt that is on its way to the server. */
export class Outbox {
  typed = signal('');
  outgoing = signal(null);
  #chat = null;
  #giveUp = new AbortController();

  constructor({ api, drafts, notices }) {
    Object.assign(this, { api, drafts, notices });
  }

  open(chat) {
    this.#chat = chat;
    this.outgoing.value = null;
    this.typed.value = this.drafts.textOf(chat);
  }

  type(text) {
    this.typed.value = text;
    this.drafts.type(this.#chat, joined(this.outgoing.value?.prompt, text));
  }

  /**
   * Empties the box for a send; what was in it stays a draft, and keeps its id, until that send is
   * noted.
   */
  take() {
    this.typed.value = '';
  }

  /**
   * The answer of the server, or null when the prompt was not taken; its text is then back in the
   * box.
   */
  async send(wanted, parent) {
    const chat = this.#chat;
    const send = withId(wanted, this.drafts.sendOf(chat));
    this.drafts.sending(chat, send, this.typed.value);
    this.outgoing.value = { ...send, parent, retrying: false };
    try {
      const made = await this.#deliver(send);
      this.drafts.taken(chat);
      return made;
    } catch (error) {
      this.notices.report(error);
      if (this.isSending(send)) this.typed.value = joined(send.prompt, this.typed.value);
      return null;
    } finally {
      if (this.isSending(send)) this.outgoing.value = null;
    }
  }

  isSending({ id }) {
    return this.outgoing.value?.id === id;
  }

  giveUp() {
    this.#giveUp.abort();
  }

  /** A new chat got its name; what was typed meanwhile belongs to it. */
  moveTo(chat) {
    this.drafts.type(this.#chat, '');
    this.#chat = chat;
    this.type(this.typed.value);
  }

  /** A send whose answer was lost, by a reload say, can have arrived all the same. */
  compareWith(messages) {
    const send = this.drafts.sendOf(this.#chat);
    const arrived = ({ content, parent }) =>
      content === send.prompt && (parent ?? null) === (send.parent ?? null);
    if (!send || !messages.some(arrived)) return;
    this.drafts.taken(this.#chat);
    this.typed.value = this.drafts.textOf(this.#chat);
  }

  #deliver(send) {
    this.#giveUp = new AbortController();
    const onRetry = () => {
      if (this.isSending(send)) this.outgoing.value = { ...this.outgoing.value, retrying: true };
    };
    return deliver(send, {
      post: this.api.sendPrompt,
      pause,
      onRetry,
      signal: this.#giveUp.signal,
    });
  }
}
