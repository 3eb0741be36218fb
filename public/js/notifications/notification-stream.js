import { Reconnector } from '../reading/reconnector.js';
import { at } from '../shell/address.js';

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
  #cursor;
  #connections;
  #stopListening;

  constructor({ browser, after, onEvent }) {
    this.#browser = browser;
    this.#cursor = after;
    this.#onEvent = onEvent;
    const open = (ifOpen) => this.#open(ifOpen);
    this.#connections = new Reconnector({ browser, longestSilence, open });
    this.#stopListening = browser.onReturn(({ surely }) => {
      if (surely || this.#connections.isTroubled) this.#connections.connect();
    });
    this.#connections.connect();
  }

  close() {
    this.#stopListening();
    this.#connections.drop();
  }

  #open(ifOpen) {
    const query = this.#cursor ? `?after=${encodeURIComponent(this.#cursor)}` : '';
    const source = new this.#browser.EventSource(at(`/api/events${query}`));
    this.#connections.after(patience, () => this.#look());
    // Without a cursor the first event comes at once; if it does not, something on the way holds it
    // back.
    source.onopen = ifOpen(() => this.#cursor && this.#connections.alive());
    source.addEventListener('notification', ifOpen((event) => this.#take(event)));
    const refused = () => source.readyState === this.#browser.EventSource.CLOSED;
    source.onerror = ifOpen(() => this.#lost(refused()));
    return () => source.close();
  }

  #take({ lastEventId: id, data }) {
    this.#cursor = id;
    this.#connections.alive();
    this.#onEvent({ id, data: JSON.parse(data) });
  }

  async #lost(refused) {
    this.#connections.retry();
    if (refused && (await this.#browser.isLoggedOut())) this.close();
  }

  #look() {
    this.#connections.drop();
    this.#onEvent({ id: this.#cursor, data: { kind: 'resync' } });
    this.#connections.after(lookEvery, () => this.#look());
  }
}
