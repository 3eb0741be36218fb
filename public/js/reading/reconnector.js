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
  #heard = 0;
  #isListening = false;

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

  /** Something came. That is often, so that no timer is set for each time. */
  alive() {
    this.#attempt = 0;
    this.#heard = this.#browser.now();
    if (!this.#isListening) this.#listen(this.#longestSilence);
  }

  #listen(milliseconds) {
    this.after(milliseconds, () => {
      const left = this.#heard + this.#longestSilence - this.#browser.now();
      if (left > 0) this.#listen(left);
      else this.connect();
    });
    this.#isListening = true;
  }

  /** It was lost. */
  retry() {
    this.drop();
    this.after(backoff(this.#attempt), () => this.connect());
    this.#attempt += 1;
  }

  /** One thing at a time is waited for. */
  after(milliseconds, act) {
    this.#isListening = false;
    this.#browser.clearTimeout(this.#timer);
    this.#timer = this.#browser.setTimeout(act, milliseconds);
  }

  drop() {
    this.#isListening = false;
    this.#browser.clearTimeout(this.#timer);
    const close = this.#connection?.close;
    this.#connection = null;
    close?.();
  }
}
