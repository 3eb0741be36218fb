import { lastingStorage } from '../shell/storage.js';

const key = 'runnel.language';

/** The language that was chosen in this browser, or nothing: then the browser's own hold. */
export const chosenLanguage = () => lastingStorage.getItem(key) ?? '';

/** `[tag, name]` of what there is, each named in itself. */
export const languages = () =>
  ['en', ...[...document.querySelectorAll('link[hreflang]')].map(({ hreflang }) => hreflang)]
    .map((tag) => [tag, new Intl.DisplayNames(tag, { type: 'language' }).of(tag)]);

/** A page is in one language from its first paint on, so it begins anew. */
export function chooseLanguage(tag) {
  if (tag) lastingStorage.setItem(key, tag);
  else lastingStorage.removeItem(key);
  location.reload();
}
