import { signal } from '@preact/signals';

/** Reads the open chat from the server, and again when it may have changed elsewhere. */
export class ChatLoader {
  loading = signal(false);
  missing = signal(false);
  failed = signal(null);
  #api;
  #thread;
  #take;
  #id = null;
  #whole = Promise.resolve();
  #asked = 0;
  #taken = 0;
  #version = null;
  #left = new AbortController();

  /**
   * `take` gets what was read: the chat, its messages, only the new ones where it is `partial`, and
   * the turn of the thread at the time.
   */
  constructor({ api, thread, take }) {
    this.#api = api;
    this.#thread = thread;
    this.#take = take;
  }

  open(id) {
    this.#left.abort();
    this.#left = new AbortController();
    this.#id = id;
    this.#version = null;
    this.missing.value = false;
    this.failed.value = null;
    this.#whole = Promise.resolve();
    this.loading.value = false;
    return id ? this.#begin() : undefined;
  }

  /** A new chat got its id; the page has all of it. */
  created(id) {
    this.#id = id;
  }

  /** Resolves once the whole chat is here; after a failure it is asked for once more. */
  whole() {
    if (this.failed.value) this.#begin();
    return this.#whole;
  }

  retry() {
    return this.#begin();
  }

  /**
   * For what may have changed elsewhere, or surely did (`isNews`). Nobody asked, so nobody is told
   * when that fails.
   */
  async refresh({ isNews = false } = {}) {
    const id = this.#id;
    // What is on its way may have been read before that happened.
    if (isNews && this.loading.value && !(await this.#whole.then(() => true, () => false))) return;
    if (!id || this.#id !== id || this.loading.value) return;
    if (this.failed.value) await this.#begin();
    else await this.#read().catch(() => {});
  }

  /** Never fails: what went wrong is in `failed`, or in `whole`. */
  async #begin() {
    const id = this.#id;
    this.failed.value = null;
    this.loading.value = true;
    const whole = this.#read(this.#api.readChat(id, this.#version, this.#left.signal));
    this.#whole = whole;
    const error = await whole.then(() => null, (refused) => refused);
    if (this.#id !== id || this.#whole !== whole) return;
    this.loading.value = false;
    if (error?.status === 404) this.missing.value = true;
    else this.failed.value = error;
  }

  /**
   * The chat as the server has it, without the messages that are surely here: with a version, also
   * one that is none, it is never answered from what sw.js has kept.
   */
  newest() {
    return this.#api.readChat(this.#id, this.#version ?? '-', this.#left.signal);
  }

  async #read(answer = this.newest()) {
    const id = this.#id;
    const order = (this.#asked += 1);
    const { turn } = this.#thread;
    const { messages, version, partial, ...chat } = await answer;
    // Another chat is open by now, or a younger answer was quicker.
    if (this.#id !== id || order < this.#taken) return;
    this.#taken = order;
    // What has changed here meanwhile is not taken, and is to be read again.
    if (turn === this.#thread.turn) this.#version = version;
    this.#take({ chat, messages, turn, partial });
  }
}
