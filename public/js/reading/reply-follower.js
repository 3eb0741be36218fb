import { openReply } from './reply-stream.js';
import { perFrame } from './per-frame.js';
import { isRunning, read } from './reply.js';

/** Keeps the running replies of the open chat up to date; `thread` holds their messages. */
export class ReplyFollower {
  #open = new Map();
  #thread;
  #browser;
  #readChat;
  #onEnd;
  #times;

  /** `readChat` reads the open chat as it is stored, `onEnd` gets each reply that is over. */
  constructor({ thread, browser, readChat, onEnd, times }) {
    this.#thread = thread;
    this.#browser = browser;
    this.#readChat = readChat;
    this.#onEnd = onEnd;
    this.#times = times;
  }

  get any() {
    return this.#open.size > 0;
  }

  follows(id) {
    return this.#open.has(id);
  }

  follow(id) {
    if (this.#open.has(id)) return;
    const events = perFrame((items) =>
      this.#thread.change(id, (reply) => items.reduce(read, reply)),
    );
    const came = ({ data }) => data.content && this.#times.came(id);
    const end = () => this.#end(id);
    const close = openReply(id, {
      browser: this.#browser,
      after: this.#thread.get(id).cursor,
      isOver: () => this.#isOver(id),
      onEvent(event) {
        events.add(event);
        came(event);
        if (event.event === 'stop') end();
      },
      onState: (state) => (state === 'over' ? end() : this.#mark(id, state === 'reconnecting')),
    });
    this.#open.set(id, { close, events });
  }

  leave() {
    for (const { close, events } of this.#open.values()) {
      close();
      events.flush();
    }
    this.#open.clear();
  }

  #end(id) {
    this.#open.get(id).events.flush();
    this.#open.delete(id);
    this.#mark(id, false);
    this.#onEnd(this.#thread.get(id));
  }

  #mark(id, lost) {
    if (lost) this.#times.forget(id);
    this.#thread.change(id, (reply) =>
      Boolean(reply.lost) === lost ? reply : { ...reply, lost },
    );
  }

  /** Asked where a stream was refused or stays silent, which does not say why. */
  async #isOver(id) {
    const stored = await this.#stored(id);
    if (stored && isRunning(stored)) return false;
    this.#thread.change(id, (reply) => stored ?? { ...reply, status: 'interrupted' });
    return true;
  }

  async #stored(reply) {
    try {
      const { messages } = await this.#readChat();
      return messages.find(({ id }) => id === reply);
    } catch (error) {
      // The chat is gone, or this browser is logged out: nothing more will come here.
      if (error.status === 404 || error.status === 401) return undefined;
      throw error;
    }
  }
}
