// An EventSource and a WebSocket whose other end is the test.

class Connection {
  closed = false;

  constructor(url) {
    this.url = url;
  }

  close() {
    this.closed = true;
  }
}

export const eventSourceInto = (opened) =>
  class extends Connection {
    static CLOSED = 2;
    #listeners = new Map();

    constructor(url) {
      super(url);
      opened.push(this);
    }

    addEventListener(name, listener) {
      this.#listeners.set(name, listener);
    }

    say(event, id, data = {}) {
      this.#listeners.get(event)({ lastEventId: id, data: JSON.stringify(data) });
    }

    break({ refused }) {
      this.readyState = refused ? 2 : 0;
      this.onerror();
    }
  };

export const webSocketInto = (opened) =>
  class extends Connection {
    constructor(url) {
      super(url);
      opened.push(this);
    }

    say(event, id, data = {}) {
      this.onmessage({ data: JSON.stringify({ id, event, data }) });
    }

    break() {
      this.onclose();
    }
  };
