import { Line } from './notification-stream.js';

/**
 * The user's notifications where tabs cannot agree who reads them, on plain http from another machine say: each tab
 * reads while it is looked at, which is hardly more than one at a time.
 */
export class LoneFeed {
  #world;
  #onNews;
  #cursor = null;
  #line = null;
  #stopWatching;

  constructor({ world, onNews }) {
    this.#world = world;
    this.#onNews = onNews;
  }

  get reading() {
    return Boolean(this.#line);
  }

  join() {
    this.#stopWatching ??= this.#world.onVisibility(() => this.#fit());
    this.#fit();
  }

  leave() {
    this.#stopWatching?.();
    this.#stopWatching = null;
    this.#close();
  }

  say() {}

  #fit() {
    if (!this.#world.isVisible()) return this.#close();
    this.#line ??= new Line({ world: this.#world, after: this.#cursor, onEvent: (event) => this.#take(event) });
  }

  #close() {
    this.#line?.close();
    this.#line = null;
  }

  #take({ id, data }) {
    this.#cursor = id;
    this.#onNews(data);
  }
}
