import { keyboard } from './keyboard.js';

/**
 * What has the focus may go, a button that stops a reply say, and then the focus is nowhere, so
 * that whoever uses the keyboard begins at the top of the page again. It then goes to the box for
 * the prompt, or where that would open a keyboard on the screen, to what is read.
 */
export function keepFocus(document) {
  let had = null;
  document.addEventListener('focusin', ({ target }) => (had = target));
  const check = () => {
    const isLost = had && document.activeElement === document.body;
    if (!isLost || (had.isConnected && !had.disabled)) return;
    had = null;
    fallback(document)?.focus({ preventScroll: true });
  };
  new MutationObserver(check).observe(document.getElementById('page'), {
    childList: true,
    subtree: true,
    attributeFilter: ['disabled'],
  });
}

const fallback = (document) =>
  document.getElementById(keyboard.matches ? 'message' : 'conversation');
