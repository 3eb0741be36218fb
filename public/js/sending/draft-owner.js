import { lastingStorage, tabStorage } from '../shell/storage.js';
import { draftKeys } from './drafts.js';

const key = 'runnel.person';
// What tabs keep of what was typed: prompts that are edited, and how the next chat begins.
const ofTab = ['runnel.edits', 'runnel.beginning'];

/** Drafts belong to a person: those of somebody else who used this browser go. Tells whether. */
export function claimDrafts(person, storage = lastingStorage, tab = tabStorage) {
  const isOthers = [storage, tab].map((each) => ![null, person].includes(each.getItem(key)));
  if (isOthers[0]) forget(storage, draftKeys(storage));
  if (isOthers.includes(true)) forget(tab, ofTab);
  storage.setItem(key, person);
  tab.setItem(key, person);
  return isOthers.includes(true);
}

/** At log-out nothing that was typed stays behind. */
export function forgetDrafts(storage = lastingStorage, tab = tabStorage) {
  forget(storage, [key, ...draftKeys(storage)]);
  forget(tab, [key, ...ofTab]);
}

const forget = (storage, keys) => keys.forEach((each) => storage.removeItem(each));
