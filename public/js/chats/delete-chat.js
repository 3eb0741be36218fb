import { t } from '../language/translate.js';
import { at } from '../shell/address.js';
import { chatPath } from '../shell/router.js';

/** Deletes a chat, with a while to think again. */
export function deleteChat({ id, title }, { chats, conversation, router, toasts }) {
  const wasOpen = conversation.isOpen(id);
  const undo = () => {
    if (chats.deletions.undo(id) && wasOpen) router.go(chatPath(id));
  };
  chats.deletions.request(id);
  if (wasOpen) router.go(at('/'));
  toasts.say({
    text: t('“{title}” is deleted.', { title: title || t('Untitled') }),
    action: { text: t('Undo'), act: undo },
  });
}
