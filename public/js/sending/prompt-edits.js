import { signal } from '@preact/signals';
import { storedObject, tabStorage } from '../shell/storage.js';

const key = 'runnel.edits';

/** Prompts that are being edited: their texts by the ids of the messages, over reloads too. */
export class PromptEdits {
  #texts;
  #storage;

  constructor(storage = tabStorage) {
    this.#storage = storage;
    this.#texts = signal(storedObject(storage, key, {}));
  }

  /** Undefined where the message is not being edited. */
  of(message) {
    return this.#texts.value[message];
  }

  type(message, text) {
    this.#set({ ...this.#texts.peek(), [message]: text });
  }

  close(message) {
    const { [message]: _, ...others } = this.#texts.peek();
    this.#set(others);
  }

  #set(texts) {
    this.#texts.value = texts;
    this.#storage.setItem(key, JSON.stringify(texts));
  }
}
