// A browser of which the test is the network and the clock.
import { eventSourceInto, webSocketInto } from './fake-connections.js';

export class FakeBrowser {
  sources = [];
  sockets = [];
  polls = [];
  clock = 0;
  timers = new Map();
  listening = true;
  connections = new Set();
  crowded = false;
  location = { origin: 'https://runnel.example' };
  EventSource = eventSourceInto(this.sources);
  WebSocket = webSocketInto(this.sockets);

  constructor(stored = new Map()) {
    this.storage = {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => stored.set(key, value),
    };
  }

  now = () => this.clock;

  takeConnection(use) {
    const taken = {};
    this.connections.add(taken);
    use(!this.crowded);
    return () => this.connections.delete(taken);
  }

  get taken() {
    return this.connections.size;
  }

  clearTimeout = (timer) => this.timers.delete(timer);

  setTimeout = (act, milliseconds) => {
    const timer = {};
    this.timers.set(timer, { act, at: this.clock + milliseconds });
    return timer;
  };

  onReturn = (back) => {
    this.back = back;
    return () => (this.listening = false);
  };

  onPutAway = ({ away, back }) => {
    Object.assign(this, { away, backFromAway: back });
    return () => (this.away = this.backFromAway = () => {});
  };

  pollReply = (asked) => new Promise((answer, fail) => this.polls.push({ ...asked, answer, fail }));

  /** Lets time go by; what waits for a promise gets its turn too. */
  async pass(milliseconds) {
    const end = this.clock + milliseconds;
    await settle();
    for (let due = this.#nextBefore(end); due; due = this.#nextBefore(end)) {
      const [timer, { act, at }] = due;
      this.clock = at;
      this.timers.delete(timer);
      act();
      await settle();
    }
    this.clock = end;
  }

  #nextBefore(end) {
    return [...this.timers]
      .filter(([, { at }]) => at <= end)
      .sort(([, one], [, other]) => one.at - other.at)[0];
  }
}

export const settle = () => new Promise((resolve) => setImmediate(resolve));
