// Chinese and Japanese have no spaces between words, so that CommonMark's rule does not see where
// `**「文」**文` begins and ends. Beside a character of these scripts, or their punctuation, a mark
// may do both: the rule of https://github.com/tats-u/markdown-cjk-friendly.

const scripts = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo'];
const classes = scripts.map((name) => `\\p{sc=${name}}`).join('');
const marks = String.raw`\u3000-\u303f\ufe30-\ufe4f\uff00-\uffef`;
const eastAsian = new RegExp(`[${classes}${marks}]`, 'u');
const space = /\s/u;

export const eastAsianEmphasis = ({ inline }) =>
  class extends inline.State {
    scanDelims(start, canSplitWord) {
      const found = super.scanDelims(start, canSplitWord);
      if (!canSplitWord) return found;
      const before = characterBefore(this.src, start);
      const after = characterAt(this.src, start + found.length, this.posMax);
      if (space.test(before) || space.test(after)) return found;
      const beside = eastAsian.test(before) || eastAsian.test(after);
      return beside ? { ...found, can_open: true, can_close: true } : found;
    }
  };

const characterAt = (text, place, end) =>
  place < end ? String.fromCodePoint(text.codePointAt(place)) : ' ';

function characterBefore(text, place) {
  if (place === 0) return ' ';
  const [last, high] = [text[place - 1], text[place - 2]];
  // A variation selector says only how the character before it looks.
  if (/[\ufe00-\ufe0f]/.test(last) && place > 1) return characterBefore(text, place - 1);
  return /[\udc00-\udfff]/.test(last) && high ? high + last : last;
}
