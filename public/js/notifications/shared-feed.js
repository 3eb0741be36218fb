import { base } from '../shell/address.js';
import { NotificationStream } from './notification-stream.js';

const name = `${base}runnel.feed`;
const answerWithin = 5_000;
const askEvery = 30_000;

/**
 * The user's notifications, read by one tab of the browser for all of them, since each stream takes
 * one of the few connections that the tabs share. Whoever holds the lock reads; when that tab goes,
 * the next one gets the lock and reads on from the cursor that it knows.
 */
export class SharedFeed {
  reading = false;
  #browser;
  #onNews;
  #cursor = null;
  #channel;
  #leave;
  #stop = () => {};
  #timer;

  /** `onNews` gets the data and the place of each notification, `onSaid` what another tab said. */
  constructor({ browser, onNews, onSaid = () => {} }) {
    this.#browser = browser;
    this.#onNews = onNews;
    this.onSaid = onSaid;
  }

  join() {
    if (this.#leave) return;
    this.#leave = new AbortController();
    this.#channel = this.#browser.openChannel(name);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    this.#wait();
    this.#askAround();
  }

  /** Lets another tab read, while this one is put away. */
  leave() {
    this.#leave?.abort();
    this.#leave = null;
    this.#channel?.close();
    this.#browser.clearTimeout(this.#timer);
  }

  say(fact) {
    this.#channel?.postMessage({ said: fact });
  }

  #wait({ steal = false } = {}) {
    const { signal } = this.#leave;
    this.#browser.locks
      .request(name, steal ? { steal } : { signal }, () => this.#read(signal))
      .catch(() => {
        // This tab was put away, or another one took over because this one had not answered.
        this.#stop();
        if (!signal.aborted) this.#wait();
      });
  }

  /** Reads for as long as this tab has the lock. */
  #read(signal) {
    if (signal.aborted) return;
    this.reading = true;
    const stream = new NotificationStream({
      browser: this.#browser,
      after: this.#cursor,
      onEvent: (event) => this.#tell(event),
    });
    return new Promise((done) => {
      this.#stop = () => {
        this.reading = false;
        stream.close();
        done();
      };
      signal.addEventListener('abort', () => this.#stop());
    });
  }

  #tell(event) {
    this.#channel.postMessage({ event });
    this.#take(event);
  }

  #hear({ event, said, ask, here }) {
    if (event) this.#take(event);
    if (said) this.onSaid(said);
    if (ask && this.reading) this.#channel.postMessage({ here: true });
    if (here) this.#later(askEvery);
  }

  #take({ id, data }) {
    this.#cursor = id;
    this.#onNews(data, id);
  }

  /**
   * A tab that the browser has put to sleep keeps the lock and reads nothing; one that is looked at
   * takes it away.
   */
  #askAround() {
    if (this.reading || !this.#browser.isVisible()) return this.#later(askEvery);
    this.#later(answerWithin, () => {
      if (!this.reading) this.#wait({ steal: true });
      this.#later(askEvery);
    });
    this.#channel.postMessage({ ask: true });
  }

  #later(milliseconds, act = () => this.#askAround()) {
    this.#browser.clearTimeout(this.#timer);
    this.#timer = this.#browser.setTimeout(act, milliseconds);
  }
}
