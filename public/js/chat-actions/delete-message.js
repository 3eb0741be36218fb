import { effect } from '@preact/signals';
import * as api from '../api.js';
import { Deletions } from '../chats/deletions.js';
import { t } from '../language/translate.js';
import { browser } from '../shell/browser.js';

// Where the page goes in between they are told to the server, so nothing is left to be remembered.
const forgetful = { getItem: () => null, setItem() {} };
const chatOf = new Map();
let deletions;

function begin({ conversation, notices }) {
  deletions = new Deletions({
    api: { deleteChat: (message) => api.deleteMessage(chatOf.get(message), message) },
    onRefused: (error) => notices.report(error),
    storage: forgetful,
  });
  effect(() => conversation.thread.hide(deletions.ids.value));
  browser.onPutAway({ away: () => deletions.flush(), back: () => {} });
}

/** Deletes a message and what follows it, with a while to think again. */
export function deleteMessage({ id }, page) {
  if (!deletions) begin(page);
  chatOf.set(id, page.conversation.opened);
  deletions.request(id);
  document.getElementById('message').focus();
  page.toasts.say({
    text: t('The message and what follows it are deleted.'),
    action: { text: t('Undo'), act: () => deletions.undo(id) },
  });
}
