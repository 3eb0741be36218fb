import { signal } from '@preact/signals';

const pageSize = 40;
const longestPage = 100;
const typingPause = 200;

/** The chats in the sidebar. */
export class Chats {
  list = signal([]);
  query = signal('');
  next = signal(null);
  loaded = signal(false);
  #api;
  #notices;
  #turn = 0;
  #typing;

  constructor({ api, notices }) {
    this.#api = api;
    this.#notices = notices;
  }

  load() {
    return this.#read(null, this.#shown);
  }

  /**
   * For what may have changed elsewhere. Nobody asked, so nobody is told when the server cannot be
   * reached.
   */
  lookAgain() {
    return this.#read(null, this.#shown, { report() {} });
  }

  get #shown() {
    return Math.max(pageSize, Math.min(this.list.value.length, longestPage));
  }

  more() {
    return this.next.value && this.#read(this.next.value, pageSize);
  }

  search(text) {
    this.query.value = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#read(null, pageSize), typingPause);
  }

  change(id, changes) {
    const shown = this.list.value.map((chat) => (chat.id === id ? { ...chat, ...changes } : chat));
    return this.#attempt(shown, () => this.#api.changeChat(id, changes));
  }

  remove(id) {
    return this.#attempt(
      this.list.value.filter((chat) => chat.id !== id),
      () => this.#api.deleteChat(id),
    );
  }

  async #read(cursor, limit, notices = this.#notices) {
    const turn = (this.#turn += 1);
    try {
      const answer = await this.#api.readChats({ q: this.query.value.trim(), cursor, limit });
      if (turn !== this.#turn) return;
      this.list.value = cursor ? joined(this.list.value, answer.chats) : answer.chats;
      this.next.value = answer.cursor ?? null;
      this.loaded.value = true;
    } catch (error) {
      if (turn === this.#turn) notices.report(error);
    }
  }

  /**
   * Shows a change at once and takes it back when the server refuses it; tells whether it was
   * taken.
   */
  async #attempt(shown, ask) {
    const before = this.list.value;
    this.list.value = shown;
    try {
      await ask();
      return true;
    } catch (error) {
      this.list.value = before;
      this.#notices.report(error);
      return false;
    }
  }
}

function joined(before, after) {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...after.filter(({ id }) => !known.has(id))];
}
