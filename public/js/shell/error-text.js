import { h } from 'preact';
import { language, t, tn, translated } from '../language/translate.js';

/** What a person is told of an error, a Problem of the server or one of the network: children. */
export function errorText({ name, message, title, retryAfter, errors }) {
  if (name === 'TypeError') {
    return t('The server cannot be reached. Check the connection and try again.');
  }
  if (errors?.length) return ofField(errors[0].field, errors[0].message);
  const said = name === 'Problem' ? serverText(message, title) : message;
  return retryAfter ? joined(said, ' ', again(Number(retryAfter))) : said;
}

const labels = {
  attachments: t('Attachments'), content: t('Text of the reply'),
  max_tokens: t('Longest reply, in tokens'), model: t('Model'), models: t('Models'),
  name: t('Name'), prompt: t('Prompt'), reasoning_effort: t('Reasoning effort'),
  system: t('System prompt'), tags: t('Tags'), temperature: t('Temperature'),
  title: t('Title of the chat'),
};

const ofField = (field, wrong) => joined(`${labels[field] ?? field}: `, serverText(wrong));

/** What is wrong with a field, by its name or label, as the server says it behind that. */
export const wrongField = (field, wrong) =>
  language === 'en' ? `${labels[field] ?? field} ${wrong}.` : ofField(field, wrong);

/** The server speaks English. What is not translated is marked as that, with a title that is. */
function serverText(detail, title) {
  const known = withFigures(detail);
  if (known || language === 'en') return known ?? detail;
  const kind = translated(title);
  const english = h('span', { lang: 'en', dir: 'ltr' }, detail);
  return kind ? joined(`${kind}: `, english) : english;
}

// Words that the server takes are not translated, in whatever language they are named.
const values = /(^must be one of )(.+)|\d+(?:[.,]\d+)*/g;

/** The server's text with its figures, which its translation has as Java writes them. */
function withFigures(text = '') {
  const found = [...text.matchAll(values)].map(([all, , words = all]) => words);
  const known = ['%,d', '%d', '%s']
    .map((form) => translated(text.replace(values, (_, before = '') => before + form)))
    .find(Boolean);
  return known?.replace(/%,?[ds]/g, () => localized(found.shift()));
}

const localized = (value) =>
  /^\d/.test(value) ? Number(value.replaceAll(',', '')).toLocaleString(language) : value;

const joined = (...parts) =>
  parts.every((part) => typeof part === 'string') ? parts.join('') : parts.flat();

const again = (seconds) =>
  Number.isNaN(seconds)
    ? t('Try again in a moment.')
    : tn(seconds, 'Try again in a second.', 'Try again in {count} seconds.');
