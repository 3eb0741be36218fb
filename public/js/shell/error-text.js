import { h } from 'preact';
import { language, t, tn, translated } from '../language/translate.js';

/** What a person is told of an error, a Problem of the server or one of the network: children. */
export function errorText({ name, message, title, retryAfter }) {
  if (name === 'TypeError') {
    return t('The server cannot be reached. Check the connection and try again.');
  }
  const said = name === 'Problem' ? serverText(message, title) : message;
  return retryAfter ? joined(said, ' ', again(Number(retryAfter))) : said;
}

/** What is wrong with a field, as the server says it behind the field's name. */
export const wrongField = (label, wrong) =>
  language === 'en' ? `${label} ${wrong}.` : joined(`${label}: `, serverText(wrong));

/** The server speaks English. What is not translated is marked as that, with a title that is. */
function serverText(detail, title) {
  const known = translated(detail);
  if (known || language === 'en') return known ?? detail;
  const kind = translated(title);
  const english = h('span', { lang: 'en', dir: 'ltr' }, detail);
  return kind ? joined(`${kind}: `, english) : english;
}

const joined = (...parts) =>
  parts.every((part) => typeof part === 'string') ? parts.join('') : parts.flat();

const again = (seconds) =>
  Number.isNaN(seconds)
    ? t('Try again in a moment.')
    : tn(seconds, 'Try again in a second.', 'Try again in {count} seconds.');
