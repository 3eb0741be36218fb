import { NotificationStream } from './notification-stream.js';

/**
 * The user's notifications where tabs cannot agree who reads them, on plain http from another
 * machine say: each tab reads while it is looked at, which is hardly more than one at a time.
 */
export class VisibleTabFeed {
  #browser;
  #onNews;
  #cursor = null;
  #stream = null;
  #stopWatching;

  constructor({ browser, onNews }) {
    this.#browser = browser;
    this.#onNews = onNews;
  }

  get reading() {
    return Boolean(this.#stream);
  }

  join() {
    this.#stopWatching ??= this.#browser.onVisibility(() => this.#fit());
    this.#fit();
  }

  leave() {
    this.#stopWatching?.();
    this.#stopWatching = null;
    this.#close();
  }

  say() {}

  #fit() {
    if (!this.#browser.isVisible()) return this.#close();
    this.#stream ??= new NotificationStream({
      browser: this.#browser,
      after: this.#cursor,
      onEvent: (event) => this.#take(event),
    });
  }

  #close() {
    this.#stream?.close();
    this.#stream = null;
  }

  #take({ id, data }) {
    this.#cursor = id;
    this.#onNews(data, id);
  }
}
