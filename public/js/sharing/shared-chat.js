import { signal } from '@preact/signals';
import { perFrame } from '../reading/per-frame.js';
import { isRunning, read } from '../reading/reply.js';
import { openReply } from '../reading/reply-stream.js';

/** What a link shows: messages of which only the last one can change, while it runs. */
export class SharedChat {
  /** `loading`, `shown`, `missing` or `failed`. */
  state = signal('loading');
  title = signal('');
  expires = signal(null);
  messages = signal([]);
  #read;
  #browser;

  constructor({ read: readShare, browser }) {
    this.#read = readShare;
    this.#browser = browser;
  }

  get isRunning() {
    return this.messages.value.some((message) => isRunning(message.value));
  }

  async load() {
    this.state.value = 'loading';
    try {
      this.#take(await this.#read());
    } catch (error) {
      this.state.value = error.status === 404 ? 'missing' : 'failed';
    }
  }

  #take({ title, expires, messages }) {
    this.title.value = title;
    this.expires.value = expires;
    this.messages.value = messages.map((message) => signal(message));
    this.state.value = 'shown';
    const last = this.messages.value.at(-1);
    if (last && isRunning(last.value)) this.#follow(last);
  }

  #follow(last) {
    const events = perFrame((items) => (last.value = items.reduce(read, last.value)));
    openReply(last.value.id, {
      browser: this.#browser,
      after: last.value.cursor,
      isOver: () => this.#isOver(last),
      onEvent: (event) => events.add(event),
      onState: (state) => this.#mark(last, state === 'reconnecting'),
    });
  }

  #mark(last, lost) {
    if (Boolean(last.value.lost) !== lost) last.value = { ...last.value, lost };
  }

  /** Asked where a stream was refused, which does not say why: the link may have ended. */
  async #isOver(last) {
    try {
      const { messages } = await this.#read();
      const stored = messages.at(-1);
      if (stored && isRunning(stored)) return false;
      if (stored) last.value = stored;
      return true;
    } catch (error) {
      if (error.status !== 404) throw error;
      this.state.value = 'missing';
      this.messages.value = [];
      return true;
    }
  }
}
