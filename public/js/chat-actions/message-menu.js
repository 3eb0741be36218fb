import { html } from '../views/html.js';
import { t } from '../language/translate.js';
import { canReadAloud, readAloud, reading, stopReading } from '../speech/read-aloud.js';
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
  { icon: 'continue', text: t('New chat from here'), act: () => forkChat(message, page) },
  {
    icon: 'delete',
    text: t('Delete from here on'),
    act: () => deleteMessage(message, page),
    danger: true,
    disabled: page.conversation.busy.value,
  },
];

function speech(message, page) {
  if (!canReadAloud()) return [];
  return reading.value === message.id
    ? [{ icon: 'stop', text: t('Stop reading'), act: stopReading }]
    : [{ icon: 'speaker', text: t('Read aloud'), act: () => readAloud(message, page) }];
}

const itemsOfReply = (message, page) => [
  { icon: 'copy', text: t('Copy as rich text'), act: () => copyRichText(message, page) },
  ...speech(message, page),
  {
    icon: 'edit',
    text: t('Edit the reply…'),
    act: () => (page.overlay.value = { name: 'edit', message }),
    disabled: page.conversation.busy.value,
  },
  ...itemsOfPrompt(message, page),
];
