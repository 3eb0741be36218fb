import { t, tn } from '../language/translate.js';
import { at } from '../shell/address.js';
import { chatPath } from '../shell/router.js';

/** Deletes chats, with a while to think again. */
export function deleteChats(gone, { chats, conversation, router, toasts }) {
  const open = gone.find(({ id }) => conversation.isOpen(id));
  const undo = () => {
    const undone = gone.filter(({ id }) => chats.deletions.undo(id));
    const stayed = conversation.visit.value === visit;
    if (stayed && undone.includes(open)) router.go(chatPath(open.id));
  };
  gone.forEach(({ id }) => chats.deletions.request(id));
  if (open) router.go(at('/'));
  const visit = conversation.visit.value;
  const title = gone[0].title || t('Untitled');
  const text = gone.length > 1
    ? tn(gone.length, '{count} chat is deleted.', '{count} chats are deleted.')
    : t('“{title}” is deleted.', { title });
  toasts.say({ text, action: { text: t('Undo'), act: undo } });
}
