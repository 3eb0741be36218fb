// A typed prompt outlives reloads, crashes and refusals: it is forgotten only when the server has
// taken it. `text` is all that is not taken yet, `send` the last request with it that went out
// without an answer.
import { lastingStorage } from '../shell/storage.js';

const keyOf = (chat) => `runnel.draft.${chat ?? 'new'}`;
const nothing = { text: '', send: null };

export class Drafts {
  #storage;

  constructor(storage = lastingStorage) {
    this.#storage = storage;
  }

  textOf(chat) {
    return this.#read(chat).text;
  }

  sendOf(chat) {
    return this.#read(chat).send;
  }

  type(chat, text) {
    this.#write(chat, { ...this.#read(chat), text });
  }

  sending(chat, send, typed) {
    this.#write(chat, { text: joined(send.prompt, typed), send });
  }

  taken(chat) {
    const { text, send } = this.#read(chat);
    const rest =
      send && text.startsWith(send.prompt) ? text.slice(send.prompt.length).trimStart() : text;
    this.#write(chat, { text: rest, send: null });
  }

  #read(chat) {
    return { ...nothing, ...JSON.parse(this.#storage.getItem(keyOf(chat)) ?? '{}') };
  }

  #write(chat, draft) {
    if (draft.text) this.#storage.setItem(keyOf(chat), JSON.stringify(draft));
    else this.#storage.removeItem(keyOf(chat));
  }
}

export const joined = (...texts) => texts.filter(Boolean).join('\n\n');
