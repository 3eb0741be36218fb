import { backoff } from '../reading/backoff.js';

const patience = 10_000;
const longestSilence = 120_000;
const lookEvery = 60_000;

/**
 * The user's notifications from outside, read from a cursor across any number of cuts. `onEvent`
 * gets `{id, data}`. Where the network lets no stream through, it says once a minute that the list
 * may be old.
 */
export class NotificationStream {
  #browser;
  #onEvent;
  #cursor = null;
  #source = null;
  #attempt = 0;
  #timer;
  #stopListening;

  constructor({ browser, after, onEvent }) {
    this.#browser = browser;
    this.#cursor = after;
    this.#onEvent = onEvent;
    this.#stopListening = browser.onReturn(
      ({ surely }) => (surely || this.#attempt > 0) && this.#connect(),
    );
    this.#connect();
  }

  close() {
    this.#stopListening();
    this.#drop();
  }

  #connect() {
    this.#drop();
    const query = this.#cursor ? `?after=${encodeURIComponent(this.#cursor)}` : '';
    const source = new this.#browser.EventSource(`/api/events${query}`);
    this.#source = source;
    this.#after(patience, () => this.#look());
    // Without a cursor the first event comes at once; if it does not, something on the way holds it
    // back.
    source.onopen = () => this.#cursor && this.#alive();
    source.addEventListener('notification', ({ lastEventId, data }) =>
      this.#take(lastEventId, JSON.parse(data)),
    );
    source.onerror = () => this.#lost(source.readyState === this.#browser.EventSource.CLOSED);
  }

  #take(id, data) {
    this.#cursor = id;
    this.#alive();
    this.#onEvent({ id, data });
  }

  #alive() {
    this.#attempt = 0;
    // A connection can die without a word; reading on from the cursor costs nothing.
    this.#after(longestSilence, () => this.#connect());
  }

  async #lost(refused) {
    this.#drop();
    this.#after(backoff(this.#attempt), () => this.#connect());
    this.#attempt += 1;
    if (refused && (await this.#browser.isLoggedOut())) this.close();
  }

  #look() {
    this.#drop();
    this.#onEvent({ id: this.#cursor, data: { kind: 'resync' } });
    this.#after(lookEvery, () => this.#look());
  }

  #after(milliseconds, act) {
    this.#browser.clearTimeout(this.#timer);
    this.#timer = this.#browser.setTimeout(act, milliseconds);
  }

  #drop() {
    this.#browser.clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}
