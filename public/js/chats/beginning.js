import { signal } from '@preact/signals';
import { storedObject, tabStorage } from '../shell/storage.js';

const key = 'runnel.beginning';

/** What the next new chat begins with, besides its prompt: over reloads too, until it has begun. */
export class Beginning {
  values;
  #storage;

  constructor(storage = tabStorage) {
    this.#storage = storage;
    this.values = signal(storedObject(storage, key, {}));
  }

  /** What is null is left to the server. */
  add(changes) {
    const all = Object.entries({ ...this.values.peek(), ...changes });
    this.replace(Object.fromEntries(all.filter(([, value]) => value != null)));
  }

  replace(values) {
    this.values.value = values;
    this.#storage.setItem(key, JSON.stringify(values));
  }
}

/** How the model writes in a chat. */
export const parametersOf = ({ temperature, max_tokens, reasoning_effort }) =>
  ({ temperature, max_tokens, reasoning_effort });
