import { lastingStorage, storedObject } from '../shell/storage.js';

const key = 'runnel.versions';
const most = 100;
const root = '';

/** Which version of a message was chosen at each fork of a chat, over reloads. */
export class ChosenVersions {
  constructor(storage = lastingStorage) {
    this.storage = storage;
  }

  /** As a map from a parent's id, null for the beginning, to the chosen child's. */
  of(chat) {
    const chosen = storedObject(this.storage, key, {})[chat] ?? {};
    return new Map(Object.entries(chosen).map(([parent, child]) => [parent || null, child]));
  }

  choose(chat, { parent, id }) {
    this.keep(chat, this.of(chat).set(parent ?? null, id));
  }

  keep(chat, choices) {
    const { [chat]: _, ...others } = storedObject(this.storage, key, {});
    const newest = Object.entries(others).slice(1 - most);
    const chosen = Object.fromEntries([...choices].map(([parent, id]) => [parent ?? root, id]));
    this.storage.setItem(key, JSON.stringify(Object.fromEntries([...newest, [chat, chosen]])));
  }
}
