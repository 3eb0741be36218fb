import { t, tn } from '../language/translate.js';

/** What a person is told of an error, a Problem of the server or one of the network. */
export function errorText({ name, message, retryAfter }) {
  if (name === 'TypeError') {
    return t('The server cannot be reached. Check the connection and try again.');
  }
  return retryAfter ? `${message} ${again(Number(retryAfter))}` : message;
}

const again = (seconds) =>
  Number.isNaN(seconds)
    ? t('Try again in a moment.')
    : tn(seconds, 'Try again in a second.', 'Try again in {count} seconds.');
