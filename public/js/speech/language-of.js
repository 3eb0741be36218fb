import { language } from '../language/translate.js';

// Kana before Han, which Japanese has as well.
const scripts = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 0.1],
  ['zh', /\p{Script=Han}/gu, 0.3],
  ['ko', /\p{Script=Hangul}/gu, 0.3],
  ['ar', /\p{Script=Arabic}/gu, 0.3],
  ['he', /\p{Script=Hebrew}/gu, 0.3],
  ['ru', /\p{Script=Cyrillic}/gu, 0.3],
  ['el', /\p{Script=Greek}/gu, 0.3],
  ['hi', /\p{Script=Devanagari}/gu, 0.3],
  ['th', /\p{Script=Thai}/gu, 0.3],
];

const count = (text, pattern) => text.match(pattern)?.length ?? 0;

/** The language to read a text in: by its script, or where that is Latin the page's. */
export function languageOf(text, ofPage = language.slice(0, 2)) {
  const letters = count(text, /\p{L}/gu);
  const found = scripts.find(([, script, share]) => count(text, script) > letters * share);
  if (found) return found[0];
  return scripts.some(([tag]) => tag === ofPage) ? 'en' : ofPage;
}
