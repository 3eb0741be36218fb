const few = 200;

/** When the replies that were asked for in this tab came, in milliseconds, as this tab saw it. */
export class ReplyTimes {
  #times = new Map();
  #now;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  asked(reply) {
    this.#times.set(reply, { asked: this.#now() });
    if (this.#times.size > few) this.#times.delete(this.#times.keys().next().value);
  }

  /** Some of its text has come. */
  came(reply) {
    const times = this.#times.get(reply);
    if (!times) return;
    times.last = this.#now();
    times.first ??= times.last;
  }

  /** What comes now is not as quick as the model was. */
  forget(reply) {
    this.#times.delete(reply);
  }

  /** `{ asked, first, last }`, undefined where it is not known. */
  of(reply) {
    const times = this.#times.get(reply);
    return times?.first === undefined ? undefined : times;
  }
}
