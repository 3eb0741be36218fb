import { signal } from '@preact/signals';
import { backoff } from '../reading/backoff.js';
import { lastingStorage } from '../shell/storage.js';

const key = 'runnel.model';

export class Models {
  list = signal([]);
  demo = signal(false);
  #byDefault = signal(null);
  #lastChosen = signal(lastingStorage.getItem(key));
  #api;
  #notices;
  #browser;
  #attempt = 0;
  #reported = null;
  #timer;

  constructor({ api, notices, browser }) {
    this.#api = api;
    this.#notices = notices;
    this.#browser = browser;
    browser.onReturn(() => this.list.value.length === 0 && this.load());
  }

  /** Asks again until there are some: the model server may come later than the page. */
  async load() {
    this.#browser.clearTimeout(this.#timer);
    try {
      this.#take(await this.#api.readModels());
    } catch (error) {
      this.#report(error);
      if (error.status === 401) return;
    }
    if (this.list.value.length) return;
    this.#timer = this.#browser.setTimeout(() => this.load(), backoff(this.#attempt));
    this.#attempt += 1;
  }

  /** The model that a chat uses, or a new one would; never one that is no longer there. */
  of(chat) {
    const wanted = chat ? chat.model : this.#lastChosen.value;
    return this.list.value.includes(wanted) ? wanted : this.#byDefault.value;
  }

  remember(model) {
    this.#lastChosen.value = model;
    lastingStorage.setItem(key, model);
  }

  #take(answer) {
    this.list.value = answer.models.map(({ id }) => id);
    this.#byDefault.value = answer.default;
    this.demo.value = Boolean(answer.demo);
    if (this.#reported) this.#notices.retract(this.#reported);
    this.#reported = null;
  }

  #report(error) {
    if (!this.#reported) this.#notices.report(error);
    this.#reported = error;
  }
}
