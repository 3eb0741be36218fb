import { signal } from '@preact/signals';

/** The prompts that wait in the open chat. The server has them; here is what it said last. */
export class PromptQueue {
  list = signal([]);
  #api;
  #notices;
  #chat = null;
  #browser;
  #busy;
  #look;
  #onRead;
  #adding = new Set();

  /**
   * `look` reads the open chat again, `busy` is a signal that says whether a reply runs in it,
   * `onRead` gets what the server says that waits.
   */
  constructor({ api, notices, browser, busy, look, onRead }) {
    this.#api = api;
    this.#notices = notices;
    this.#browser = browser;
    this.#busy = busy;
    this.#look = look;
    this.#onRead = onRead;
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
    if (!queued || chat !== this.#chat) return;
    this.list.value = queued;
    this.#onRead(queued);
  }

  /** Tells whether the server has it. */
  async add(send) {
    // A chat that is about to begin has no id yet.
    const chat = this.#chat;
    if (!chat || this.#adding.has(chat)) return false;
    this.#adding.add(chat);
    const taken = await this.#try(() => this.#api.queuePrompt(chat, send));
    this.#adding.delete(chat);
    return taken;
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
