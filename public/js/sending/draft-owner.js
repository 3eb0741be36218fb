import { lastingStorage } from '../shell/storage.js';
import { draftKeys } from './drafts.js';

const key = 'runnel.person';

/** Drafts belong to a person: those of somebody else who used this browser go. Tells whether. */
export function claimDrafts(person, storage = lastingStorage) {
  const before = storage.getItem(key);
  storage.setItem(key, person);
  if (before === null || before === person) return false;
  removeDrafts(storage);
  return true;
}

/** At log-out nothing that was typed stays behind. */
export function forgetDrafts(storage = lastingStorage) {
  storage.removeItem(key);
  removeDrafts(storage);
}

function removeDrafts(storage) {
  draftKeys(storage).forEach((draft) => storage.removeItem(draft));
}
