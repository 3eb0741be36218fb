import { bufferingDetector } from './buffering-detector.js';
import { Reconnector } from './reconnector.js';
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
  #connections;
  #transport;
  #looksBuffered;
  #asked;
  #closed = false;
  #away = false;
  #crowded = false;
  #giveBack;
  #stopListening;

  constructor(reply, { after = null, onEvent, onState, isOver, browser }) {
    Object.assign(this, { reply, cursor: after, onEvent, onState, isOver, browser });
    this.transports = transportPreference(browser.storage);
    const open = (ifOpen) => this.#open(ifOpen);
    this.#connections = new Reconnector({ browser, longestSilence, open });
    const stops = [
      browser.onReturn(({ surely }) => (surely || !this.#connections.isOpen) && this.#connect()),
      browser.onPutAway({ away: () => this.#rest(), back: () => this.begin() }),
    ];
    this.#stopListening = () => stops.forEach((stop) => stop());
  }

  begin() {
    this.#away = false;
    this.#giveBack = this.browser.takeConnection((taken) => {
      this.#crowded = !taken;
      this.#connect();
    });
  }

  #connect() {
    this.#asked = null;
    if (!this.#closed && !this.#away) this.#connections.connect();
  }

  #open(ifOpen) {
    const transport = this.transports.best({ crowded: this.#crowded });
    this.#transport = transport;
    this.#looksBuffered = bufferingDetector();
    if (transport.speaksFirst) this.#connections.after(patience, () => this.#ask());
    const reading = {
      reply: this.reply,
      after: this.cursor,
      crowded: this.#crowded,
      onEvent: ifOpen((event) => this.#take(event)),
      onEnd: ifOpen(({ refused }) => (refused ? this.#ask() : this.#retry())),
    };
    return transport.open(reading, this.browser);
  }

  #take(event) {
    this.cursor = event.id;
    this.onState('reading');
    this.onEvent(event);
    if (event.event === 'stop') return this.close();
    this.#connections.alive();
    if (!this.#looksBuffered(this.browser.now())) return;
    this.transports.avoid(this.#transport);
    this.#connect();
  }

  async #ask() {
    this.#connections.drop();
    const asked = {};
    this.#asked = asked;
    this.onState('reconnecting');
    const over = await Promise.race([this.isOver().catch(() => null), this.#tooLate()]);
    if (this.#closed || this.#asked !== asked) return;
    if (over) {
      this.onState('over');
      this.close();
      return;
    }
    // The server answers and the reply runs, so it is this transport that does not get through.
    if (over === false && this.transports.avoid(this.#transport)) this.#connect();
    else this.#retry();
  }

  /** A network that is half dead leaves questions without an answer. */
  #tooLate() {
    return new Promise((resolve) => this.#connections.after(patience, () => resolve(null)));
  }

  #retry() {
    this.onState('reconnecting');
    this.#connections.retry();
  }

  /** Until the page comes back, if ever. */
  #rest() {
    this.#away = true;
    this.#asked = null;
    this.#connections.drop();
    this.#giveBack();
  }

  close() {
    this.#closed = true;
    this.#connections.drop();
    this.#giveBack();
    this.#stopListening();
  }
}
