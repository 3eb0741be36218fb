import { endings, endingsIn } from '../reading/endings.js';

const gather = 150;
const longReply = 10;
const otherTabsSay = 400;

/**
 * What the page does about what happened elsewhere: in another chat, another tab, on another
 * device.
 */
export class News {
  #page;
  #browser;
  #feed;
  #timer;
  #seen = new Set();

  /**
   * `page` has the chats, the conversation, the toasts and the desktop; `openFeed` opens the
   * notifications.
   */
  constructor({ page, browser, openFeed }) {
    this.#page = page;
    this.#browser = browser;
    this.#feed = openFeed({
      onNews: (news, place) => this.take(news, place),
      onSaid: ({ seen }) => this.#seen.add(seen),
    });
    this.#feed.join();
    browser.onPutAway({ away: () => this.#feed.leave(), back: () => this.#feed.join() });
  }

  /** `place` is the one behind it among all notifications. */
  take(news, place) {
    if (news.kind === 'announcement')
      return this.#page.toasts.say({ text: news.text, stays: true });
    this.#lookAgain(news, place);
    if (news.kind === 'reply-finished' && news.title) this.#finished(news);
  }

  /** Much can change at once; the list is read once for all of it. */
  #lookAgain({ kind, chat, change }, place) {
    const { chats, conversation } = this.#page;
    if (change === 'deleted') chats.forget(chat);
    if (kind !== 'resync' || !chats.isFrom(place)) {
      this.#browser.clearTimeout(this.#timer);
      this.#timer = this.#browser.setTimeout(() => chats.lookAgain(), gather);
    }
    if (kind === 'resync') conversation.refresh();
    else if (change !== 'deleted' && conversation.isOpen(chat))
      conversation.refresh({ isNews: true });
  }

  #finished({ chat, reply, title, status, seconds }) {
    const { chats, toasts, conversation } = this.#page;
    if (chats.deletions.ids.peek().has(chat)) return;
    if (this.#browser.isVisible()) {
      this.#feed.say({ seen: reply });
      if (!conversation.isOpen(chat))
        toasts.say({ title, chat, text: endingsIn[status] });
    } else if (this.#feed.reading && seconds >= longReply) {
      // One tab speaks for all of them, and only where the user sees none of them.
      this.#browser.setTimeout(
        () => this.#tellDesktop({ chat, reply, title, status }),
        otherTabsSay,
      );
    }
  }

  #tellDesktop({ chat, reply, title, status }) {
    if (this.#seen.delete(reply)) return;
    this.#page.desktop.tell({ title, text: endings[status], tag: reply, chat });
  }
}
