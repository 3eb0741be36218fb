import { openReply } from './reply-stream.js';
import { perFrame } from './per-frame.js';
import { read } from './reply.js';

/** Keeps the running replies of the open chat up to date; `thread` holds their messages. */
export class ReplyFollower {
  #open = new Map();
  #thread;
  #browser;
  #isOver;
  #onEnd;

  constructor({ thread, browser, isOver, onEnd }) {
    this.#thread = thread;
    this.#browser = browser;
    this.#isOver = isOver;
    this.#onEnd = onEnd;
  }

  get any() {
    return this.#open.size > 0;
  }

  follow(id) {
    if (this.#open.has(id)) return;
    const events = perFrame((items) =>
      this.#thread.change(id, (reply) => items.reduce(read, reply)),
    );
    const end = () => this.#end(id);
    const close = openReply(id, {
      browser: this.#browser,
      after: this.#thread.get(id).cursor,
      isOver: () => this.#isOver(id),
      onEvent(event) {
        events.add(event);
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
    this.#thread.change(id, (reply) => (Boolean(reply.lost) === lost ? reply : { ...reply, lost }));
  }
}
