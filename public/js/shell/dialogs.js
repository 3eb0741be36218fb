import { signal } from '@preact/signals';
import { lazily, outdated } from './lazy-parts.js';

/** The dialog that is open. Each is a part of the page that is loaded when it is first wanted. */
export class Dialogs {
  shown = signal(null);
  close = () => (this.shown.value = null);
  #notices;

  constructor({ notices }) {
    this.#notices = notices;
  }

  /** `load` gives the dialog, once it is imported; it gets the `properties`. */
  async open(load, properties) {
    try {
      const Dialog = await lazily(load);
      this.shown.value = { Dialog, properties };
    } catch (error) {
      if (!outdated.value) this.#notices.report(error);
    }
  }
}
