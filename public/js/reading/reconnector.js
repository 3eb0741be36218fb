import { backoff } from './backoff.js';

const closed = () => {};

/**
 * One connection at a time, that is opened again: after a while, longer each time, when it was
 * lost; and when it was silent for too long, for connections can die without a word, in a sleeping
 * laptop say, and reading on from a cursor costs nothing.
 */
export class Reconnector {
  #browser;
  #open;
  #longestSilence;
  #connection = null;
  #attempt = 0;
  #timer;

  /**
   * `open` opens a connection and returns the function that closes it; it gets a function that
   * wraps what is to happen only while that connection is the open one.
   */
  constructor({ browser, longestSilence, open }) {
    this.#browser = browser;
    this.#longestSilence = longestSilence;
    this.#open = open;
  }

  get isOpen() {
    return Boolean(this.#connection);
  }

  get isTroubled() {
    return this.#attempt > 0;
  }

  connect() {
    this.drop();
    const connection = { close: closed };
    const ifOpen = (act) => (fact) => this.#connection === connection && act(fact);
    this.#connection = connection;
    connection.close = this.#open(ifOpen);
  }

  /** Something came. */
  alive() {
    this.#attempt = 0;
    this.after(this.#longestSilence, () => this.connect());
  }

  /** It was lost. */
  retry() {
    this.drop();
    this.after(backoff(this.#attempt), () => this.connect());
    this.#attempt += 1;
  }

  /** One thing at a time is waited for. */
  after(milliseconds, act) {
    this.#browser.clearTimeout(this.#timer);
    this.#timer = this.#browser.setTimeout(act, milliseconds);
  }

  drop() {
    this.#browser.clearTimeout(this.#timer);
    const close = this.#connection?.close;
    this.#connection = null;
    close?.();
  }
}
