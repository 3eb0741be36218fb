import { useEffect, useRef } from 'preact/hooks';
import { html } from '../views/html.js';
import { t } from '../language/translate.js';
import { placeBelow } from '../shell/popover-place.js';
import { canReadAloud, readAloud, reading, stopReading } from '../speech/read-aloud.js';
import { Icon } from '../views/icon.js';
import { usePage } from '../views/page-context.js';
import { deleteMessage } from './delete-message.js';
import { forkChat } from './fork-chat.js';
import { copyRichText } from './rich-text.js';

export function Menu({ message, button, onClose }) {
  const page = usePage();
  const menu = useRef();
  useEffect(() => {
    menu.current.showPopover();
    menu.current.querySelector('button:enabled').focus();
  }, []);
  const toggled = ({ newState, target }) => {
    if (newState === 'open') placeBelow(target, button);
    else onClose();
  };
  const pick = (act) => () => {
    menu.current.hidePopover();
    act();
  };
  const items = message.role === 'user' ? itemsOfPrompt : itemsOfReply;
  return html`
    <div class="menu" ref=${menu} popover="auto" onToggle=${toggled} onKeyDown=${walk}>
      ${items(message, page).map(({ icon, text, act, danger, disabled }) => html`
        <button key=${text} class="menu-item ${danger ? 'danger' : ''}" disabled=${disabled}
          onClick=${pick(act)}><${Icon} name=${icon} />${text}</button>`)}
    </div>`;
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

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll('button:enabled')];
  const place = items.indexOf(document.activeElement) + step;
  items.at(place % items.length).focus();
}
