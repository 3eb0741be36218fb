const isMac = /mac|iphone|ipad/i.test(navigator.platform);

const somethingIsOpen = () => document.querySelector(':popover-open, dialog[open]');

export function listenForShortcuts({ conversation, router, sidebar }) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const command = isMac ? event.metaKey : event.ctrlKey;
    if (event.key === 'Escape' && !somethingIsOpen()) {
      if (sidebar.narrow.value && sidebar.open.value) sidebar.closeDrawer();
      else conversation.stop();
    } else if (command && event.shiftKey && event.key.toLowerCase() === 'o') {
      event.preventDefault();
      router.go('/');
    } else if (command && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      if (!sidebar.open.value) sidebar.toggle();
      requestAnimationFrame(() => document.querySelector('#chat-search')?.focus());
    }
  });
}
