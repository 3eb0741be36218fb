import { copyLastCode, newChat } from './actions.js';
import { isComposing, isMac } from './keyboard.js';
import { singleKeys } from './single-keys.js';

const dialogIsOpen = () => document.querySelector('dialog[open]');
const somethingIsOpen = () => dialogIsOpen() || document.querySelector(':popover-open');

/** A field has an Escape of its own, except the one for the prompt. */
const isForField = ({ target }) => target.closest?.('input, select, textarea:not(#message)');

const isTyping = ({ target }) => target.closest?.('input, select, textarea, [contenteditable]');

function escape(event, { conversation, sidebar }) {
  if (somethingIsOpen() || isForField(event)) return;
  if (sidebar.narrow.value && sidebar.open.value) sidebar.closeDrawer();
  else conversation.stop();
}

function palette({ overlay }) {
  const isOpen = overlay.value?.name === 'palette';
  if (isOpen) document.querySelector('dialog.picker')?.close();
  else if (!dialogIsOpen()) overlay.value = { name: 'palette' };
}

const closed = (act) => (page) => dialogIsOpen() || act(page);

/** By the sign that a key gives, since it stands elsewhere on other keyboards. */
const commands = {
  k: palette,
  'shift o': closed(newChat),
  'shift ;': closed(copyLastCode),
  'shift :': closed(copyLastCode),
};

function commandOf(event) {
  if (!(isMac ? event.metaKey : event.ctrlKey) || event.altKey) return undefined;
  return commands[(event.shiftKey ? 'shift ' : '') + event.key.toLowerCase()];
}

export function listenForShortcuts(page) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || isComposing(event)) return;
    const { key, ctrlKey, metaKey, altKey } = event;
    const command = commandOf(event);
    if (key === 'Escape') escape(event, page);
    else if (command) {
      event.preventDefault();
      command(page);
    } else if (key === '?' && !ctrlKey && !metaKey && !altKey) {
      const isMeant = singleKeys.value && !isTyping(event) && !dialogIsOpen();
      if (isMeant) page.overlay.value = { name: 'shortcuts' };
    }
  });
}
