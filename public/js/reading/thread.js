import { computed, signal } from '@preact/signals';
import { isRunning, keepCursor } from './reply.js';
import { pathThrough, siblingsOf } from './message-tree.js';

/**
 * The messages of the open chat. Each is a signal of its own, so that a token that comes redraws
 * one message and not the whole chat; what never changes about a message, its place in the tree, is
 * read without listening.
 */
export class Thread {
  #messages = signal(new Map());
  #choices = signal(new Map());
  #all = computed(() => [...this.#messages.value.values()].map((message) => message.peek()));

  path = computed(() =>
    pathThrough(this.#all.value, this.#choices.value).map(({ id }) => this.#messages.value.get(id)),
  );
  running = computed(
    () => this.path.value.find((message) => isRunning(message.value))?.peek().id ?? null,
  );

  get all() {
    return [...this.#messages.peek().values()].map((message) => message.peek());
  }

  get last() {
    return this.path.peek().at(-1)?.peek() ?? null;
  }

  get(id) {
    return this.#messages.peek().get(id)?.peek();
  }

  siblings(message) {
    return siblingsOf(this.#all.value, message);
  }

  put(message) {
    const known = this.#messages.peek().get(message.id);
    if (known) known.value = message;
    else this.#messages.value = new Map(this.#messages.peek()).set(message.id, signal(message));
  }

  change(id, how) {
    const message = this.#messages.peek().get(id);
    if (message) message.value = how(message.peek());
  }

  /**
   * Takes the stored messages; the ones already here keep their signal, and with it what the views
   * know.
   */
  replace(messages) {
    const known = this.#messages.peek();
    this.#messages.value = new Map(
      messages.map((message) => {
        const kept = known.get(message.id) ?? signal();
        kept.value = keepCursor(message, kept.peek());
        return [message.id, kept];
      }),
    );
  }

  choose(message) {
    this.#choices.value = new Map(this.#choices.peek()).set(message.parent ?? null, message.id);
  }

  clear() {
    this.#messages.value = new Map();
    this.#choices.value = new Map();
  }
}
