import { readChat, readChats, readModels, sendPrompt } from '../api.js';
import { t } from '../language/translate.js';

const chatsShown = 6;

export const pattern = { kind: 'pattern', name: t('A known pattern, without a model') };
export const feed = { kind: 'feed', name: t('The notification feed') };

/** The replies of the newest chats, newest first. */
export async function newestReplies() {
  const { chats } = await readChats({ limit: chatsShown });
  const whole = await Promise.all(chats.map(({ id }) => readChat(id).catch(() => null)));
  return whole
    .filter(Boolean)
    .flatMap(({ title, messages }) =>
      messages
        .filter(({ role }) => role === 'assistant')
        .map(({ id, status, created }) => ({
          kind: 'reply',
          reply: id,
          created,
          name: `${title} (${status})`,
        })),
    )
    .sort((one, other) => other.created - one.created);
}

/**
 * Starts a reply that takes a while: the demo model is asked where it is there, since it costs
 * nothing.
 */
export async function startReply() {
  const { demo } = await readModels();
  const prompt = demo
    ? 'Something long, slow: 60 words'
    : t('Count from one to thirty in words, one to a line.');
  const { reply } = await sendPrompt({ id: crypto.randomUUID(), prompt });
  return { kind: 'reply', reply, name: t('A reply to watch') };
}
