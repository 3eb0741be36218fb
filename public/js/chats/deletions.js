import { signal } from '@preact/signals';
import { storedObject, tabStorage } from '../shell/storage.js';

const key = 'runnel.deletions';
const undoFor = 10_000;
const overtaking = 2_000;

/**
 * Chats that were deleted a moment ago: they are in no list, but the server is told only when the
 * time to undo it is over, or the page goes.
 */
export class Deletions {
  ids = signal(new Set());
  #api;
  #onRefused;
  #storage;
  #timers = new Map();
  #leftOver;
  #settling;
  #settled = false;

  /** `onRefused` gets the error where the server did not delete a chat, which then shows again. */
  constructor({ api, onRefused, storage = tabStorage }) {
    this.#api = api;
    this.#onRefused = onRefused;
    this.#storage = storage;
    this.#leftOver = new Set(storedObject(storage, key, []));
    this.ids.value = new Set(this.#leftOver);
  }

  request(id) {
    this.#set(new Set(this.ids.value).add(id));
    this.#timers.set(id, setTimeout(() => this.#send(id), undoFor));
  }

  /**
   * A page that went has told the server. The first list may have overtaken that, so a later one
   * decides: where it names a chat still, nothing came of it.
   */
  listed(ids, lookAgain) {
    const named = ids.filter((id) => this.#leftOver.has(id));
    if (this.#settled) named.forEach((id) => this.#leftOver.delete(id) && this.#send(id));
    else if (named.length) this.#settling ??= setTimeout(() => this.#settle(lookAgain), overtaking);
  }

  #settle(lookAgain) {
    this.#settled = true;
    lookAgain();
  }

  /** Tells whether it was in time. */
  undo(id) {
    if (!this.#timers.has(id)) return false;
    this.#stopTimer(id);
    this.#show(id);
    return true;
  }

  /** Tells the server of all of them now; the page may go. */
  flush() {
    return Promise.all([...this.#timers.keys()].map((id) => this.#send(id)));
  }

  async #send(id) {
    this.#stopTimer(id);
    try {
      await this.#api.deleteChat(id);
      this.#forget(id);
    } catch (error) {
      if (error.status === 404) return this.#forget(id);
      this.#show(id);
      this.#onRefused(error);
    }
  }

  #stopTimer(id) {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** It is gone for good; lists that were asked for before may still name it. */
  #forget(id) {
    const waiting = [...this.ids.value].filter((other) => other !== id && this.#timers.has(other));
    this.#storage.setItem(key, JSON.stringify(waiting));
  }

  #show(id) {
    const ids = new Set(this.ids.value);
    ids.delete(id);
    this.#set(ids);
  }

  #set(ids) {
    this.ids.value = ids;
    this.#storage.setItem(key, JSON.stringify([...ids]));
  }
}
