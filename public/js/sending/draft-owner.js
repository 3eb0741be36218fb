import { lastingStorage, tabStorage } from '../shell/storage.js';
import { draftKeys } from './drafts.js';

const key = 'runnel.person';
// What tabs keep of what was typed: prompts that are edited, and how the next chat begins.
const ofTab = ['runnel.edits', 'runnel.beginning'];

/** Drafts belong to a person: those of somebody else who used this browser go. Tells whether. */
export function claimDrafts(person, storage = lastingStorage, tab = tabStorage) {
  const isOthers = [storage, tab].map((each) => ![null, person].includes(each.getItem(key)));
  if (isOthers.includes(true)) forgetDrafts(storage, tab);
  storage.setItem(key, person);
  tab.setItem(key, person);
  return isOthers.includes(true);
}

/** At log-out nothing that was typed stays behind. */
export function forgetDrafts(storage = lastingStorage, tab = tabStorage) {
  for (const draft of [key, ...draftKeys(storage)]) storage.removeItem(draft);
  for (const typed of [key, ...ofTab]) tab.removeItem(typed);
}
