import { signal } from '@preact/signals';

const atMost = 3;

/** Sentences for the user that stay until they are dismissed. */
export class Notices {
  list = signal([]);
  #last = 0;

  say(text) {
    this.#last += 1;
    const others = this.list.value.filter((notice) => notice.text !== text);
    this.list.value = [...others, { key: this.#last, text }].slice(-atMost);
  }

  report(error) {
    if (error.name === 'AbortError') return;
    if (error.name === 'TypeError')
      this.say('The server cannot be reached. Check the connection and try again.');
    else if (error.retryAfter)
      this.say(`${error.message} Try again in ${seconds(error.retryAfter)}.`);
    else this.say(error.message);
  }

  dismiss(key) {
    this.list.value = this.list.value.filter((notice) => notice.key !== key);
  }
}

function seconds(retryAfter) {
  const count = Number(retryAfter);
  if (Number.isNaN(count)) return 'a moment';
  return count === 1 ? 'a second' : `${count} seconds`;
}
