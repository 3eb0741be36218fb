import { signal } from '@preact/signals';

const typingPause = 200;
const pageSize = 20;

/** The messages that have some words in them, looked for while they are typed. */
export class Search {
  query = signal('');
  hits = signal([]);
  next = signal(null);
  asking = signal(false);
  failed = signal(null);
  /** What `hits` are of; they stay while others are looked for. */
  found = signal('');
  #api;
  #limit;
  #typing;
  #asked = new AbortController();

  constructor({ api, limit = pageSize }) {
    this.#api = api;
    this.#limit = limit;
  }

  type(text) {
    const query = text.trim();
    if (query === this.query.peek()) return;
    this.#leave();
    this.query.value = query;
    if (query) this.#typing = setTimeout(() => this.#ask(query), typingPause);
    else this.#take('', { hits: [], cursor: null });
  }

  retry() {
    this.#leave();
    return this.#ask(this.query.peek());
  }

  more() {
    const after = this.next.peek();
    if (!after || this.asking.peek()) return undefined;
    return this.#ask(this.query.peek(), after);
  }

  close() {
    this.#leave();
  }

  #leave() {
    clearTimeout(this.#typing);
    this.#asked.abort();
    this.asking.value = false;
  }

  async #ask(q, after) {
    const asked = new AbortController();
    const { signal: left } = asked;
    this.#asked = asked;
    this.asking.value = true;
    try {
      const answer = await this.#api.search({ q, after, limit: this.#limit, signal: left });
      const before = after ? this.hits.peek() : [];
      const known = new Set(before.map(({ message }) => message));
      const hits = answer.hits.filter(({ message }) => !message || !known.has(message));
      if (!left.aborted) this.#take(q, { ...answer, hits: [...before, ...hits] });
    } catch (error) {
      if (!left.aborted) this.#refuse(error);
    }
  }

  #take(q, { hits, cursor }) {
    this.hits.value = hits;
    this.next.value = cursor ?? null;
    this.found.value = q;
    this.#refuse(null);
  }

  #refuse(error) {
    this.failed.value = error;
    this.asking.value = false;
  }
}
