import { signal } from '@preact/signals';
import { t } from '../language/translate.js';
import { at, pathIn } from './address.js';
import { errorText } from './error-text.js';

const atMost = 3;

/** Sentences for the user that stay until they are dismissed; `link` is `{ href, text }`. */
export class Notices {
  list = signal([]);
  #last = 0;

  say(text, link) {
    this.#last += 1;
    const others = this.list.value.filter((notice) => notice.text !== text);
    this.list.value = [...others, { key: this.#last, text, link }].slice(-atMost);
  }

  report(error) {
    if (error.name === 'AbortError') return;
    const loggedOut = t('You are logged out. What you typed is kept.');
    if (error.status === 401) this.say(loggedOut, loginLink());
    else this.say(errorText(error));
  }

  dismiss(key) {
    this.list.value = this.list.value.filter((notice) => notice.key !== key);
  }

  /** For what has mended itself. */
  retract(error) {
    this.list.value = this.list.value.filter((notice) => notice.text !== errorText(error));
  }
}

const loginLink = () => ({ href: at(`/login#${pathIn(location.pathname)}`), text: t('Log in') });
