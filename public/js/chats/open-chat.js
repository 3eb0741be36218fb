import { signal } from '@preact/signals';
import { Beginning } from './beginning.js';

/** What is known of the open chat beside its messages, or what a new one is to begin with. */
export class OpenChat {
  /** Null for a new one. */
  value = signal(null);
  beginning = new Beginning();
  #changedIn = 0;

  constructor({ api, models, notices, thread }) {
    Object.assign(this, { api, models, notices, thread });
  }

  /** The new one has its id. */
  begin({ id, prompt, model }) {
    const title = prompt.split('\n')[0].slice(0, 80);
    this.value.value = { ...this.beginning.values.value, id, title, model };
    this.beginning.replace({});
  }

  /** What the server said when the thread's turn was `turn`: what changed since is newer. */
  take(chat, turn) {
    this.value.value = this.#changedIn > turn ? { ...chat, ...this.value.value } : chat;
  }

  change(facts) {
    this.#changedIn = this.thread.turn += 1;
    this.value.value = { ...this.value.value, ...facts };
  }

  async useModel(model) {
    this.models.remember(model);
    const chat = this.value.value;
    if (!chat) return;
    this.change({ model });
    await this.api.changeChat(chat.id, { model }).catch((error) => this.notices.report(error));
  }

  /** The model of a reply is the chat's from now on, where it is still offered. */
  goOnBy(name) {
    const model = this.models.named(name)?.id;
    if (model && model !== this.models.of(this.value.value)) this.useModel(model);
  }

  /** How the model writes here, or in the new chat that is to come. */
  async configure(changes) {
    const chat = this.value.value;
    if (!chat) return this.beginning.add(changes);
    const changed = await this.api.changeChat(chat.id, changes);
    // Another one may be open by then.
    if (this.value.value?.id === chat.id) this.change(changed);
  }
}
