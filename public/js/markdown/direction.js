// `dir="auto"` looks at no text that is within another element with a direction, so that what holds
// several paragraphs, items or cells has the direction of its first word told to it.

const looks = 8;
const scripts = ['Arabic', 'Hebrew', 'Syriac', 'Thaana', 'Nko', 'Adlam', 'Samaritan', 'Mandaic'];
const rightToLeft = new RegExp(`[${scripts.map((name) => `\\p{sc=${name}}`).join('')}]`, 'u');

const ofThePage = () => globalThis.document?.documentElement?.dir || 'ltr';

/** The direction of the block's first letter, as attributes where it is not that of the page. */
export function directionOf(node) {
  const letter = firstLetter(node);
  const dir = rightToLeft.test(letter) ? 'rtl' : 'ltr';
  return letter && dir !== ofThePage() ? { dir } : null;
}

function firstLetter({ text, token, children, items }) {
  const own = (text ?? token?.content ?? '').slice(0, 200);
  const letter = /\p{L}/u.exec(own)?.[0];
  if (letter) return letter;
  for (const child of (items ?? children ?? []).slice(0, looks)) {
    const found = firstLetter(child);
    if (found) return found;
  }
  return null;
}
