import { t } from '../language/translate.js';

const [pinned, todays, yesterdays] = [t('Pinned'), t('Today'), t('Yesterday')];
const [thisWeeks, older, archived] = [t('Previous 7 days'), t('Older'), t('Archived')];
const day = 24 * 60 * 60 * 1000;

function midnight(now) {
  return new Date(now).setHours(0, 0, 0, 0);
}

function groupOf(chat, today) {
  if (chat.archived) return archived;
  if (chat.pinned) return pinned;
  if (chat.updated >= today) return todays;
  if (chat.updated >= today - day) return yesterdays;
  if (chat.updated >= today - 7 * day) return thisWeeks;
  return older;
}

const order = [pinned, todays, yesterdays, thisWeeks, older, archived];

/** The list under its headings, as `[heading, chats]` in the order in which they are shown. */
export function grouped(chats, now = Date.now()) {
  const today = midnight(now);
  return order
    .map((heading) => [heading, chats.filter((chat) => groupOf(chat, today) === heading)])
    .filter(([, members]) => members.length > 0);
}
