import { signal } from '@preact/signals';
import { newReply, reopen } from '../reading/reply.js';

/** What a user can ask for a reply that is there: to stop it, another one, or more of it. */
export class ReplyCommands {
  asking = signal(false);

  /** `begin` shows and follows the reply that the server has started, and which it is beside. */
  constructor({ api, notices, begin }) {
    Object.assign(this, { api, notices, begin });
  }

  stop(replies) {
    return this.#try(() => Promise.all(replies.map((reply) => this.api.stopReply(reply))));
  }

  regenerate(reply, model, parameters, { beside } = {}) {
    return this.#ask(async () => {
      const made = await this.api.regenerateReply(reply.id, model, parameters);
      return newReply({ id: made.reply, parent: reply.parent, model: model ?? reply.model });
    }, beside && reply);
  }

  continue(reply) {
    return this.#ask(async () => {
      await this.api.continueReply(reply.id);
      return reopen(reply);
    });
  }

  #ask(start, beside) {
    this.asking.value = true;
    return this.#try(async () => this.begin(await start(), beside)).finally(
      () => (this.asking.value = false),
    );
  }

  async #try(act) {
    try {
      await act();
    } catch (error) {
      this.notices.report(error);
    }
  }
}
