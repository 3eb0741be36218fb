import { signal } from '@preact/signals';
import { lastingStorage } from '../shell/storage.js';

const key = 'runnel.model';

export class Models {
  list = signal([]);
  demo = signal(false);
  #byDefault = signal(null);
  #lastChosen = signal(lastingStorage.getItem(key));
  #api;
  #notices;

  constructor({ api, notices }) {
    this.#api = api;
    this.#notices = notices;
  }

  async load() {
    try {
      const answer = await this.#api.readModels();
      this.list.value = answer.models.map(({ id }) => id);
      this.#byDefault.value = answer.default;
      this.demo.value = Boolean(answer.demo);
    } catch (error) {
      this.#notices.report(error);
    }
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
}
