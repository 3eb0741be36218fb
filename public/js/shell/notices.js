import { signal } from '@preact/signals';
import { t } from '../language/translate.js';
import { at, pathIn } from './address.js';
import { errorText } from './error-text.js';

const atMost = 3;

/** Sentences for the user that stay until they are dismissed; `link` is `{ href, text }`. */
export class Notices {
  list = signal([]);
  #last = 0;

  /** `about` is the same for what is not to stand there twice. */
  say(text, link, about = text) {
    this.#last += 1;
    const others = this.list.value.filter((notice) => notice.about !== about);
    this.list.value = [...others, { key: this.#last, text, link, about }].slice(-atMost);
  }

  report(error) {
    if (error.name === 'AbortError') return;
    const loggedOut = t('You are logged out. What you typed is kept.');
    if (error.status === 401) this.say(loggedOut, loginLink());
    else this.say(errorText(error), undefined, error.message);
  }

  dismiss(key) {
    this.list.value = this.list.value.filter((notice) => notice.key !== key);
  }

  /** For what has mended itself. */
  retract(error) {
    this.list.value = this.list.value.filter((notice) => notice.about !== error.message);
  }
}

const loginLink = () => ({ href: at(`/login#${pathIn(location.pathname)}`), text: t('Log in') });
