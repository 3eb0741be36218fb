import { backoff } from './backoff.js';
import { bufferingDetector } from './buffering-detector.js';
import { transportPreference } from './transports/preference.js';

const patience = 4_000;
const longestSilence = 45_000;

/**
 * Reads a reply from its cursor `after` until its `stop`, across any number of cuts and over
 * whatever the network lets through. `onEvent` gets `{id, event, data}`, `onState` gets `reading`,
 * `reconnecting` or `over`. `isOver` is asked when a connection was refused or stays silent,
 * because that does not say why. Returns the function that closes it.
 */
export function openReply(reply, options) {
  const stream = new ReplyStream(reply, options);
  stream.begin();
  return () => stream.close();
}

class ReplyStream {
  #connection = { close() {} };
  #attempt = 0;
  #closed = false;
  #away = false;
  #timer;
  #crowded = false;
  #giveBack;
  #stopListening;

  constructor(reply, { after = null, onEvent, onState, isOver, browser }) {
    Object.assign(this, { reply, cursor: after, onEvent, onState, isOver, browser });
    this.transports = transportPreference(browser.storage);
    const stops = [
      browser.onReturn(({ surely }) => (surely || this.#waiting) && this.connect()),
      browser.onPutAway({ away: () => this.#rest(), back: () => this.begin() }),
    ];
    this.#stopListening = () => stops.forEach((stop) => stop());
  }

  begin() {
    this.#away = false;
    this.#giveBack = this.browser.takeConnection((taken) => {
      this.#crowded = !taken;
      this.connect();
    });
  }

  get #waiting() {
    return !this.#connection.transport;
  }

  connect() {
    if (this.#closed || this.#away) return;
    this.#drop();
    const transport = this.transports.best({ crowded: this.#crowded });
    const connection = { transport, looksBuffered: bufferingDetector() };
    const ifCurrent = (act) => (fact) => this.#connection === connection && act(fact);
    this.#connection = connection;
    if (transport.speaksFirst) this.#after(patience, () => this.#ask());
    connection.close = transport.open(
      {
        reply: this.reply,
        after: this.cursor,
        crowded: this.#crowded,
        onEvent: ifCurrent((event) => this.#take(event)),
        onEnd: ifCurrent(({ refused }) => (refused ? this.#ask() : this.#retry())),
      },
      this.browser,
    );
  }

  #take(event) {
    this.cursor = event.id;
    this.#attempt = 0;
    this.onState('reading');
    this.onEvent(event);
    if (event.event === 'stop') return this.close();
    // A connection can die without a word, in a sleeping laptop say; reading on from the cursor
    // costs nothing.
    this.#after(longestSilence, () => this.connect());
    if (this.#connection.looksBuffered(this.browser.now())) this.#change();
  }

  #change() {
    this.transports.avoid(this.#connection.transport);
    this.connect();
  }

  async #ask() {
    const { transport } = this.#connection;
    this.#drop();
    const pause = this.#connection;
    this.onState('reconnecting');
    const over = await Promise.race([this.isOver().catch(() => null), this.#tooLate()]);
    if (this.#closed || this.#connection !== pause) return;
    if (over) {
      this.onState('over');
      this.close();
      return;
    }
    // The server answers and the reply runs, so it is this transport that does not get through.
    if (over === false && this.transports.avoid(transport)) this.connect();
    else this.#retry();
  }

  /** A network that is half dead leaves questions without an answer. */
  #tooLate() {
    return new Promise((resolve) => this.#after(patience, () => resolve(null)));
  }

  #retry() {
    this.#drop();
    this.onState('reconnecting');
    this.#after(backoff(this.#attempt), () => this.connect());
    this.#attempt += 1;
  }

  #after(milliseconds, act) {
    this.browser.clearTimeout(this.#timer);
    this.#timer = this.browser.setTimeout(act, milliseconds);
  }

  #drop() {
    this.browser.clearTimeout(this.#timer);
    const { close } = this.#connection;
    this.#connection = { close() {} };
    close?.();
  }

  /** Until the page comes back, if ever. */
  #rest() {
    this.#away = true;
    this.#drop();
    this.#giveBack();
  }

  close() {
    this.#closed = true;
    this.#drop();
    this.#giveBack();
    this.#stopListening();
  }
}
