import { computed, signal } from '@preact/signals';
import { lastingStorage } from '../shell/storage.js';
import { Deletions } from './deletions.js';

const pageSize = 40;
const longestPage = 100;
const typingPause = 200;
const archivedKey = 'runnel.archived';

/** The chats in the sidebar. */
export class Chats {
  query = signal('');
  /** Whether the archive is shown, in place of all other chats. */
  archived = signal(false);
  /** Whether there is an archive, as far as this browser knows. */
  hasArchive = signal(Boolean(lastingStorage.getItem(archivedKey)));
  /** The ids of those that are picked, null while none are to be. */
  selected = signal(null);
  next = signal(null);
  loaded = signal(false);
  #read = signal([]);
  #api;
  #notices;
  #place;
  #turn = 0;
  #typing;

  constructor({ api, notices, deletions }) {
    this.#api = api;
    this.#notices = notices;
    const onRefused = (error) => notices.report(error);
    this.deletions = deletions ?? new Deletions({ api, onRefused });
    this.list = computed(() =>
      this.#read.value.filter((chat) => !this.deletions.ids.value.has(chat.id)
        && (this.query.value.trim() || Boolean(chat.archived) === this.archived.value)),
    );
  }

  load() {
    return this.#refresh(this.#notices);
  }

  /** For what may have changed elsewhere. Nobody asked, so nobody is told when that fails. */
  lookAgain() {
    return this.#refresh({ report() {} });
  }

  /** Whether nothing has been told between the list and that place in the notifications. */
  isFrom = (place) => parseInt(place, 10) === parseInt(this.#place, 10);

  more() {
    const cursor = this.next.value;
    if (!cursor) return undefined;
    const add = (answer) => this.#take(joined(this.#read.value, answer.chats), answer.cursor);
    return this.#ask({ cursor, limit: pageSize }, add, this.#notices);
  }

  showArchive(on) {
    this.archived.value = on;
    this.query.value = '';
    this.selected.value = null;
    return this.#first();
  }

  /** Picks a chat, or lets it go. */
  pick(id) {
    const picked = new Set(this.selected.value);
    if (!picked.delete(id)) picked.add(id);
    this.selected.value = picked;
  }

  search(text) {
    this.query.value = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#first(), typingPause);
  }

  /** Shows a change at once and takes it back when the server refuses it; tells whether. */
  async change(id, changes) {
    const known = this.#read.value.find((chat) => chat.id === id);
    this.#put(id, changes);
    if (changes.archived) this.#keepArchive();
    try {
      await this.#api.changeChat(id, changes);
      return true;
    } catch (error) {
      const before = Object.keys(changes).map((name) => [name, known?.[name]]);
      if (known) this.#put(id, Object.fromEntries(before));
      this.#notices.report(error);
      return false;
    }
  }

  /** Who has archived all chats finds them again. */
  #keepArchive() {
    this.hasArchive.value = true;
    lastingStorage.setItem(archivedKey, 'yes');
  }

  #put(id, facts) {
    this.#read.value = this.#read.value.map((chat) =>
      chat.id === id ? { ...chat, ...facts } : chat,
    );
  }

  /** It was deleted elsewhere. */
  forget(id) {
    this.#read.value = this.#read.value.filter((chat) => chat.id !== id);
  }

  /** The newest are read again; those behind them stay as they are, as does the way to more. */
  #refresh(notices) {
    const limit = Math.max(pageSize, Math.min(this.#read.value.length, longestPage));
    const take = ({ chats, cursor, events }) => {
      this.#place = events;
      const rest = cursor ? behind(this.#read.value, chats) : [];
      if (rest.length) this.#take([...chats, ...rest], this.next.value);
      else this.#take(chats, cursor);
    };
    return this.#ask({ limit }, take, notices);
  }

  #first() {
    const take = ({ chats, cursor }) => this.#take(chats, cursor);
    return this.#ask({ limit: pageSize }, take, this.#notices);
  }

  #take(chats, cursor) {
    this.#read.value = chats;
    this.next.value = cursor ?? null;
    this.loaded.value = true;
    this.deletions.listed(chats.map(({ id }) => id), () => this.lookAgain());
  }

  get #which() {
    return { q: this.query.value.trim(), archived: this.archived.value || undefined };
  }

  async #ask(page, take, notices) {
    const turn = (this.#turn += 1);
    try {
      const answer = await this.#api.readChats({ ...this.#which, ...page });
      if (turn === this.#turn) take(answer);
    } catch (error) {
      if (turn === this.#turn) notices.report(error);
    }
  }
}

function joined(before, after) {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...after.filter(({ id }) => !known.has(id))];
}

/** As the server sorts them: pinned ones first, then by the time of the last change, then by id. */
function isBehind(chat, last) {
  if (chat.pinned !== last.pinned) return last.pinned;
  if (chat.updated !== last.updated) return chat.updated < last.updated;
  return chat.id < last.id;
}

function behind(before, fresh) {
  const known = new Set(fresh.map(({ id }) => id));
  return before.filter((chat) => !known.has(chat.id) && isBehind(chat, fresh.at(-1)));
}
