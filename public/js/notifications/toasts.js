import { signal } from '@preact/signals';

const atMost = 4;
const shownFor = 10_000;

/** News that go by themselves, unless they say that they stay. */
export class Toasts {
  list = signal([]);
  #last = 0;

  say(toast) {
    const key = (this.#last += 1);
    this.list.value = [...this.list.value, { ...toast, key }].slice(-atMost);
    if (!toast.stays) setTimeout(() => this.dismiss(key), shownFor);
  }

  /** Who has a chat open needs no news of it. */
  opened(chat) {
    this.list.value = this.list.peek().filter((toast) => toast.chat !== chat);
  }

  dismiss(key) {
    this.list.value = this.list.value.filter((toast) => toast.key !== key);
  }
}
