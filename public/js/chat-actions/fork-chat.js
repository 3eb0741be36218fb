import * as api from '../api.js';
import { t } from '../language/translate.js';
import { chatPath } from '../shell/router.js';

/** Makes a chat of its own of what leads to a message, and opens it for who is still there. */
export async function forkChat({ id }, { chats, conversation, notices, router, toasts }) {
  const visit = conversation.visit.value;
  try {
    const { chat } = await api.forkChat(conversation.opened, id);
    await chats.load();
    if (conversation.visit.value === visit) {
      router.go(chatPath(chat));
      toasts.say({ text: t('This is a new chat. The one before is as it was.') });
    } else {
      const { title } = chats.list.value.find((each) => each.id === chat) ?? {};
      const text = (link) => t('The new chat {title} is in the list.', { title: link });
      toasts.say({ chat, title: title || t('Untitled'), text });
    }
  } catch (error) {
    notices.report(error);
  }
}
