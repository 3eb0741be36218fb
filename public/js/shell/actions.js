import { t } from '../language/translate.js';
import { at } from './address.js';
import { copy } from './clipboard.js';

/** What both keys and the palette do. */
export function newChat({ router, sidebar }) {
  router.go(at('/'));
  sidebar.closeDrawer();
  document.getElementById('message')?.focus();
}

export function searchMessages({ sidebar }) {
  if (!sidebar.open.value) sidebar.toggle();
  requestAnimationFrame(() => document.getElementById('chat-search')?.focus());
}

export async function copyLastCode({ notices, toasts }) {
  const code = [...document.querySelectorAll('#conversation .code-block pre')].at(-1);
  if (!code) {
    toasts.say({ text: t('There is no code here to copy.') });
    return;
  }
  await copy(code.textContent).then(
    () => toasts.say({ text: t('The last code block is copied.') }),
    () => notices.say(t('The browser did not allow the copy.')),
  );
}
