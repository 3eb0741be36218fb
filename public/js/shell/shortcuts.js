import { at } from './address.js';
import { isComposing } from './keyboard.js';

const isMac = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');

const somethingIsOpen = () => document.querySelector(':popover-open, dialog[open]');

/** A field has an Escape of its own, except the one for the prompt. */
const isForField = ({ target }) => target.closest?.('input, select, textarea:not(#message)');

function escape(event, { conversation, sidebar }) {
  if (somethingIsOpen() || isForField(event)) return;
  if (sidebar.narrow.value && sidebar.open.value) sidebar.closeDrawer();
  else conversation.stop();
}

function search(sidebar) {
  if (!sidebar.open.value) sidebar.toggle();
  requestAnimationFrame(() => document.querySelector('#chat-search')?.focus());
}

export function listenForShortcuts({ conversation, router, sidebar }) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || isComposing(event)) return;
    const command = isMac ? event.metaKey : event.ctrlKey;
    if (event.key === 'Escape') {
      escape(event, { conversation, sidebar });
    } else if (command && event.shiftKey && event.key.toLowerCase() === 'o') {
      event.preventDefault();
      router.go(at('/'));
    } else if (command && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      search(sidebar);
    }
  });
}
