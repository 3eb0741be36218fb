const day = 24 * 60 * 60 * 1000;

function midnight(now) {
  return new Date(now).setHours(0, 0, 0, 0);
}

function groupOf(chat, today) {
  if (chat.archived) return 'Archived';
  if (chat.pinned) return 'Pinned';
  if (chat.updated >= today) return 'Today';
  if (chat.updated >= today - day) return 'Yesterday';
  if (chat.updated >= today - 7 * day) return 'Previous 7 days';
  return 'Older';
}

const order = ['Pinned', 'Today', 'Yesterday', 'Previous 7 days', 'Older', 'Archived'];

/** The list under its headings, as `[heading, chats]` in the order in which they are shown. */
export function grouped(chats, now = Date.now()) {
  const today = midnight(now);
  return order
    .map((heading) => [heading, chats.filter((chat) => groupOf(chat, today) === heading)])
    .filter(([, members]) => members.length > 0);
}
