// A typed prompt outlives reloads, crashes and refusals: it is forgotten only when the server has
// taken it, after a month, or at log-out. Each tab has a draft of its own in each chat, so that two
// tabs never overwrite each other; that of a closed tab goes to the next one that opens the chat.
//
// A draft is `{ text, files, send, at, left }`: all that is not taken yet, the uploads beside it,
// the last request with it that went out without an answer, when it was written, and whether its
// tab was closed since.
import { lastingStorage, storedObject } from '../shell/storage.js';

const prefix = 'runnel.draft.';
const writeAfter = 300;
const hour = 60 * 60 * 1000;
const month = 30 * 24 * hour;

const nothing = { text: '', files: [], send: null, wait: null, at: 0, left: false };

export class Drafts {
  #storage;
  #tab;
  #now;
  #unwritten = new Map();
  #timer;

  constructor({ storage = lastingStorage, tab = 'tab', now = Date.now } = {}) {
    this.#storage = storage;
    this.#tab = tab;
    this.#now = now;
    this.#expire();
    this.arrive();
  }

  textOf(chat) {
    return this.#read(this.#keyOf(chat)).text;
  }

  filesOf(chat) {
    return this.#read(this.#keyOf(chat)).files;
  }

  attach(chat, files) {
    const key = this.#keyOf(chat);
    this.#write(key, { ...this.#read(key), files });
  }

  sendOf(chat) {
    return this.#read(this.#keyOf(chat)).send;
  }

  /** What is to wait in the chat, as far as it is not known whether it does. */
  waitOf(chat) {
    return this.#read(this.#keyOf(chat)).wait;
  }

  waiting(chat, wait) {
    const key = this.#keyOf(chat);
    this.#write(key, { ...this.#read(key), wait });
  }

  /** Is written a moment later, since a long text would slow every key down; see `flush`. */
  type(chat, text) {
    const key = this.#keyOf(chat);
    const draft = { ...this.#read(key), text };
    if (!text) return this.#write(key, draft);
    this.#unwritten.set(key, draft);
    this.#timer ??= setTimeout(() => this.flush(), writeAfter);
  }

  sending(chat, send, typed) {
    const key = this.#keyOf(chat);
    this.#write(key, { ...this.#read(key), text: joined(send.prompt, typed), send });
  }

  /** `sent` is what the server has now: a request that went out, or what is to wait. */
  taken(chat, sent) {
    const key = this.#keyOf(chat);
    const { text, files, ...both } = this.#read(key);
    const which = ['send', 'wait'].find((each) => both[each]?.id === sent.id);
    if (!which) return;
    const left = files.filter(({ id }) => !sent.attachments?.includes(id));
    const rest = without(text, sent.prompt);
    this.#write(key, { ...both, text: rest, files: left, [which]: null });
  }

  /**
   * Makes the draft of a tab that is gone this tab's own; tells whether there was one. `live` are
   * the tabs that are open, null where the browser does not tell.
   */
  adopt(chat, live) {
    if (this.textOf(chat) || this.filesOf(chat).length) return false;
    const isOrphan = ({ tab, draft }) =>
      draft.left || !tab || (live ? !live.has(tab) : this.#now() - draft.at > hour);
    const [newest] = this.#stored()
      .filter((found) => found.chat === nameOf(chat) && found.tab !== this.#tab && isOrphan(found))
      .sort((one, other) => other.draft.at - one.draft.at);
    if (!newest) return false;
    this.#storage.removeItem(newest.key);
    this.#write(this.#keyOf(chat), newest.draft);
    return true;
  }

  /** The tab was duplicated: it goes on under another name, and the drafts stay with the first. */
  rename(tab) {
    this.flush();
    this.#tab = tab;
  }

  flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#unwritten.forEach((draft, key) => this.#write(key, draft));
  }

  /** The tab is closed, or only reloaded or put away: then `arrive` follows. */
  leave() {
    this.flush();
    this.#mark(true);
  }

  arrive() {
    this.#mark(false);
  }

  #mark(left) {
    this.#stored()
      .filter(({ tab, draft }) => tab === this.#tab && draft.left !== left)
      .forEach(({ key, draft }) => this.#put(key, { ...draft, left }));
  }

  #expire() {
    this.#stored()
      .filter(({ draft }) => draft.at && this.#now() - draft.at > month)
      .forEach(({ key }) => this.#storage.removeItem(key));
  }

  #stored() {
    return draftKeys(this.#storage).map((key) => {
      const [chat, tab] = key.slice(prefix.length).split('.');
      return { key, chat, tab, draft: this.#read(key) };
    });
  }

  #keyOf(chat) {
    return `${prefix}${nameOf(chat)}.${this.#tab}`;
  }

  #read(key) {
    return this.#unwritten.get(key) ?? { ...nothing, ...storedObject(this.#storage, key, nothing) };
  }

  #write(key, { text, files, send, wait }) {
    this.#unwritten.delete(key);
    const beside = files.length > 0 && { files };
    if (text || beside) this.#put(key, { text, ...beside, send, wait, at: this.#now() });
    else this.#storage.removeItem(key);
  }

  #put(key, draft) {
    this.#storage.setItem(key, JSON.stringify(draft));
  }
}

const nameOf = (chat) => chat ?? 'new';

export const joined = (...texts) => texts.filter(Boolean).join('\n\n');

/** A text without a prompt that is in it as `joined` puts it there, or as it was typed. */
export function without(text, prompt) {
  for (let at = text.indexOf(prompt); prompt && at >= 0; at = text.indexOf(prompt, at + 1)) {
    const before = /^\s*$|\n\n\s*$/.exec(text.slice(0, at));
    const after = /^(?:\s*$|[ \t]*\n\n)/.exec(text.slice(at + prompt.length));
    if (before && after) {
      return joined(text.slice(0, before.index), text.slice(at + prompt.length + after[0].length));
    }
  }
  return text;
}

export const draftKeys = (storage) => storage.keys().filter((key) => key.startsWith(prefix));
