import * as api from '../api.js';
import { t } from '../language/translate.js';
import { chatPath } from '../shell/router.js';

/** Makes a chat of its own of what leads to a message, and opens it. */
export async function forkChat({ id }, { chats, conversation, notices, router, toasts }) {
  try {
    const { chat } = await api.forkChat(conversation.opened, id);
    await chats.load();
    router.go(chatPath(chat));
    toasts.say({ text: t('This is a new chat. The one before is as it was.') });
  } catch (error) {
    notices.report(error);
  }
}
