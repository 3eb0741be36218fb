// A browser of which the test is the network and the clock.

class Connection {
  closed = false;
  listeners = new Map();

  constructor(url) {
    this.url = url;
  }

  addEventListener(name, listener) {
    this.listeners.set(name, listener);
  }

  close() {
    this.closed = true;
  }
}

export function fakeWorld({ storage = new Map() } = {}) {
  const world = {
    sources: [], sockets: [], polls: [], clock: 0, timers: new Map(), back: null, closedListeners: false,
    taken: 0, crowded: false,
    takeConnection(use) {
      world.taken += 1;
      use(!world.crowded);
      return () => (world.taken -= 1);
    },
    location: { origin: 'https://runnel.example' },
    storage: { getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => storage.set(key, value) },
    now: () => world.clock,
    setTimeout(act, milliseconds) {
      const timer = {};
      world.timers.set(timer, { act, at: world.clock + milliseconds });
      return timer;
    },
    clearTimeout: (timer) => world.timers.delete(timer),
    onReturn(back) {
      world.back = back;
      return () => (world.closedListeners = true);
    },
    pollReply: (asked) => new Promise((answer, fail) => world.polls.push({ ...asked, answer, fail })),
    EventSource: class extends Connection {
      static CLOSED = 2;

      constructor(url) {
        super(url);
        world.sources.push(this);
      }

      say(event, id, data = {}) {
        this.listeners.get(event)({ lastEventId: id, data: JSON.stringify(data) });
      }

      break({ refused }) {
        this.readyState = refused ? 2 : 0;
        this.onerror();
      }
    },
    WebSocket: class extends Connection {
      constructor(url) {
        super(url);
        world.sockets.push(this);
      }

      say(event, id, data = {}) {
        this.onmessage({ data: JSON.stringify({ id, event, data }) });
      }

      break() {
        this.onclose();
      }
    },
  };

  /** Lets time go by; what waits for a promise gets its turn too. */
  world.pass = async (milliseconds) => {
    const end = world.clock + milliseconds;
    await settle();
    for (let due = next(world, end); due; due = next(world, end)) {
      const [timer, { act, at }] = due;
      world.clock = at;
      world.timers.delete(timer);
      act();
      await settle();
    }
    world.clock = end;
  };
  return world;
}

const next = ({ timers }, end) => [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];

export const settle = () => new Promise((resolve) => setImmediate(resolve));
