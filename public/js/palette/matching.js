const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether all words stand in a text, in any order, in any case and without their accents. */
export function matches(text, words) {
  const within = plain(text);
  return plain(words).split(/\s+/).every((word) => within.includes(word));
}
