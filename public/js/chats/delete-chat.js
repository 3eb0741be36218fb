import { at } from '../shell/address.js';
import { chatPath } from '../shell/router.js';

/** Deletes chats, with a while to think again. */
export function deleteChats(gone, { chats, conversation, router, toasts }) {
  const open = gone.find(({ id }) => conversation.isOpen(id));
  const undo = () => {
    const undone = gone.filter(({ id }) => chats.deletions.undo(id));
    if (undone.includes(open)) router.go(chatPath(open.id));
  };
  gone.forEach(({ id }) => chats.deletions.request(id));
  if (open) router.go(at('/'));
  const [{ title }] = gone;
  const what = gone.length > 1 ? `${gone.length} chats are` : `“${title || 'Untitled'}” is`;
  toasts.say({ text: `${what} deleted.`, action: { text: 'Undo', act: undo } });
}
