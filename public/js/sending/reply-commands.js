import { signal } from '@preact/signals';
import { newReply, reopen } from '../reading/reply.js';

/** What a user can ask for a reply that is there: to stop it, another one, or more of it. */
export class ReplyCommands {
  /** What was asked for in the open chat and has no answer yet. */
  asking = signal(null);

  constructor({ api, notices }) {
    Object.assign(this, { api, notices });
  }

  stop(replies) {
    return this.#try(() => Promise.all(replies.map((reply) => this.api.stopReply(reply))));
  }

  /** Another chat is open, in which nothing was asked for. */
  leave() {
    this.asking.value = null;
  }

  /** `begin` shows and follows the reply that the server has started. */
  regenerate(reply, model, parameters, begin) {
    return this.#ask(async () => {
      const made = await this.api.regenerateReply(reply.id, model, parameters);
      return newReply({ id: made.reply, parent: reply.parent, model: model ?? reply.model });
    }, begin);
  }

  continue(reply, begin) {
    return this.#ask(async () => {
      await this.api.continueReply(reply.id);
      return reopen(reply);
    }, begin);
  }

  async #ask(start, begin) {
    this.asking.value = start;
    await this.#try(async () => begin(await start()));
    if (this.asking.value === start) this.asking.value = null;
  }

  async #try(act) {
    try {
      await act();
    } catch (error) {
      this.notices.report(error);
    }
  }
}
