import { signal } from '@preact/signals';
import { t } from '../language/translate.js';

/** The message that the address asks for, wherever it stands in the chat. */
export class SoughtMessage {
  /** `{ message }` where one is to be shown; each time anew, also for the same one. */
  shown = signal(null);
  #awaited = null;

  constructor({ thread, notices }) {
    Object.assign(this, { thread, notices });
  }

  /** Whether the chat need not be read for it. */
  seek(message, { isOpen }) {
    this.#awaited = message && !(isOpen && this.thread.reveal(message)) ? message : null;
    this.shown.value = message && { message };
    return !this.#awaited;
  }

  /** The chat was read. */
  reveal() {
    if (this.#awaited && !this.thread.reveal(this.#awaited)) {
      this.notices.say(t('This message is not there any more.'));
    }
    this.#awaited = null;
  }
}
