const root = globalThis.document?.documentElement;

// first-paint.js has asked for them, and nothing that shows a text runs before they are here.
const translations = await globalThis.translations;

// English is the key of every text, so without a table the page is in English.
if (root && !translations) Object.assign(root, { lang: 'en', dir: 'ltr' });

/** The language of the page as a BCP 47 tag, for `Intl`. */
export const language = root?.lang ?? 'en';

const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

/**
 * The text in the language of the page. A `{name}` in it stands for a value: a number is written
 * as the language does, and with an element the text is a list of children.
 */
export const t = (text, values) => filled(translations?.[text] ?? text, values);

/** The translation of what is not written in the page; undefined where there is none. */
export const translated = (text) => translations?.[text];

/** As `t`, in the form that fits a number, which is `{count}` in the texts. */
export function tn(count, one, other, values) {
  const forms = translations?.[one] ?? { one, other };
  return filled(forms[plurals.select(count)] ?? forms.other, { count, ...values });
}

function filled(text, values) {
  if (!values) return text;
  const parts = text.split(/\{(\w+)\}/).map((part, place) => (place % 2 ? values[part] : part));
  const shown = parts.map((part) => (typeof part === 'number' ? numbers.format(part) : part));
  return shown.some((part) => typeof part === 'object') ? shown : shown.join('');
}
