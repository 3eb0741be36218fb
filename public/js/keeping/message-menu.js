import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { deleteMessage } from './delete-message.js';
import { forkChat } from './fork-chat.js';
import { Menu } from './menu.js';
import { copyRichText } from './rich-text.js';

export function MessageMenu({ message, button, onClose }) {
  const items = message.role === 'user' ? itemsOfPrompt : itemsOfReply;
  return html`<${Menu} ...${{ items: items(message, usePage()), button, onClose }} />`;
}

const itemsOfPrompt = (message, page) => [
  { icon: 'continue', text: 'New chat from here', act: () => forkChat(message, page) },
  {
    icon: 'delete',
    text: 'Delete from here on',
    act: () => deleteMessage(message, page),
    danger: true,
    disabled: page.conversation.busy.value,
  },
];

const itemsOfReply = (message, page) => [
  { icon: 'copy', text: 'Copy as rich text', act: () => copyRichText(message, page) },
  {
    icon: 'edit',
    text: 'Edit the reply…',
    act: () => (page.overlay.value = { name: 'edit', message }),
    disabled: page.conversation.busy.value,
  },
  ...itemsOfPrompt(message, page),
];
