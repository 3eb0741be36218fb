import { signal } from '@preact/signals';
import { storedObject, tabStorage } from '../shell/storage.js';

const near = 24;
const key = 'runnel.anchors';

/** Where the reader was in each chat; `following` says whether the open one shows its end. */
export class ScrollMemory {
  following = signal(true);
  #storage;

  constructor(storage = tabStorage) {
    this.#storage = storage;
  }

  /** `{ message, offset }`: the message at the top and how far it is scrolled; null for the end. */
  of(chat) {
    return storedObject(this.#storage, key, {})[chat] ?? null;
  }

  keep(chat, place) {
    const places = { ...storedObject(this.#storage, key, {}), [chat]: place ?? undefined };
    this.#storage.setItem(key, JSON.stringify(places));
  }
}

/** Stays at the end of a box while its content grows, until the reader scrolls up. */
export class ScrollPosition {
  away = signal(false);
  #box;
  #following;
  #before = 0;
  #wanted;

  /** `place` tells where to begin, once that is there, in pixels; null for the end. */
  constructor({ box, following, place }) {
    this.#box = box;
    this.#following = following;
    this.#wanted = place;
    following.value = place === null;
  }

  /** Whether the place where to begin is held, until the reader goes elsewhere. */
  get isRestoring() {
    return this.#wanted !== null;
  }

  /** The content or the box has another size. */
  resized() {
    if (this.isRestoring) this.#box.scrollTop = this.#wanted() ?? this.#before;
    else if (this.#following.peek()) this.#box.scrollTop = this.#box.scrollHeight;
    this.#look();
  }

  scrolled() {
    const { scrollTop } = this.#box;
    // What shrinks moves the box up, which is no wish to follow again.
    if (this.#distance >= near && scrollTop < this.#before) this.#following.value = false;
    const reached = this.#distance < near && scrollTop > this.#before;
    if (reached && !this.isRestoring) this.#following.value = true;
    this.#before = scrollTop;
    this.#look();
  }

  jump() {
    this.#wanted = null;
    this.#following.value = true;
    this.resized();
  }

  /** Goes elsewhere and stays there, as at the beginning. */
  restore(place) {
    this.#wanted = place;
    this.#following.value = place === null;
    this.resized();
  }

  /** The reader opens something here, and what is above it must not move. */
  hold() {
    this.#wanted = null;
    this.#following.value = false;
  }

  /** The content comes bit by bit; a reader who scrolls meanwhile goes elsewhere. */
  stopRestoring() {
    this.#wanted = null;
  }

  get #distance() {
    return this.#box.scrollHeight - this.#box.clientHeight - this.#box.scrollTop;
  }

  #look() {
    this.away.value = !this.#following.peek() && this.#distance > near;
  }
}
