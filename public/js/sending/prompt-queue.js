import { signal } from '@preact/signals';
import { newId } from './delivery.js';

/** The prompts that wait in the open chat. The server has them; here is what it said last. */
export class PromptQueue {
  list = signal([]);
  #api;
  #notices;
  #chat = null;
  #unsent = new Map();

  #browser;
  #busy;
  #look;
  #adding = new Set();

  /** `look` reads the open chat again, `busy` is a signal that says whether a reply runs in it. */
  constructor({ api, notices, browser, busy, look }) {
    this.#api = api;
    this.#notices = notices;
    this.#browser = browser;
    this.#busy = busy;
    this.#look = look;
  }

  open(chat) {
    this.#chat = chat;
    this.list.value = [];
  }

  /** `count` is how many the server says wait in the chat. */
  counted(count) {
    return count || this.list.value.length ? this.refresh() : undefined;
  }

  /** Nobody asked, so nobody is told when that fails. */
  async refresh() {
    const chat = this.#chat;
    if (!chat) return;
    const { queued } = await this.#api.readQueue(chat).catch(() => ({}));
    if (queued && chat === this.#chat) this.list.value = queued;
  }

  /** Tells whether the server has it; the same text again after a failure is the same prompt. */
  async add(prompt, files = []) {
    // A chat that is about to begin has no id yet.
    const chat = this.#chat;
    if (!chat || this.#adding.has(chat)) return false;
    this.#adding.add(chat);
    const taken = await this.#send(prompt, files.map(({ id }) => id));
    this.#adding.delete(chat);
    return taken;
  }

  #send(prompt, ids) {
    const wanted = { prompt, ...(ids.length > 0 && { attachments: ids }) };
    const { id = newId(), ...before } = this.#unsent.get(this.#chat) ?? {};
    const same = JSON.stringify(before) === JSON.stringify(wanted);
    const send = { ...wanted, id: same ? id : newId() };
    return this.#try(async (chat) => {
      this.#unsent.set(chat, send);
      await this.#api.queuePrompt(chat, send);
      this.#unsent.delete(chat);
    });
  }

  change(id, prompt) {
    return this.#try((chat) => this.#api.changeQueued(chat, id, prompt));
  }

  remove(id) {
    return this.#try((chat) => this.#api.removeQueued(chat, id));
  }

  async send(id) {
    if (await this.#try((chat) => this.#api.sendQueued(chat, id))) await this.#look();
  }

  /** The server sends the first prompt a moment after the end of the reply before it. */
  async awaitNext() {
    const chat = this.#chat;
    for (const wait of [150, 600, 2500]) {
      if (!this.list.value.length || this.#busy.value) return;
      await new Promise((resolve) => this.#browser.setTimeout(resolve, wait));
      if (chat !== this.#chat) return;
      await this.#look();
    }
  }

  async #try(act) {
    try {
      await act(this.#chat);
      return true;
    } catch (error) {
      this.#notices.report(error);
      return false;
    } finally {
      await this.refresh();
    }
  }
}
