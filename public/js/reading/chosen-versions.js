import { lastingStorage, storedObject, tabStorage } from '../shell/storage.js';

const key = 'runnel.versions';
const besideKey = 'runnel.beside';
const most = 100;
const root = '';

/** Which version of a message was chosen at each fork of a chat, over reloads. */
export class ChosenVersions {
  constructor(storage = lastingStorage, ofTab = tabStorage) {
    this.storage = storage;
    this.ofTab = ofTab;
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
    const chosen = Object.fromEntries([...choices].map(([parent, id]) => [parent ?? root, id]));
    put(this.storage, key, chat, chosen);
  }

  /** The ids of the replies that are read side by side in a chat, in this tab. */
  besideIn(chat) {
    return storedObject(this.ofTab, besideKey, {})[chat] ?? [];
  }

  keepBeside(chat, ids) {
    put(this.ofTab, besideKey, chat, ids);
  }
}

/** Of too many chats the one that was written first goes. */
function put(storage, all, chat, value) {
  const { [chat]: _, ...others } = storedObject(storage, all, {});
  const newest = Object.entries(others).slice(1 - most);
  storage.setItem(all, JSON.stringify(Object.fromEntries([...newest, [chat, value]])));
}
