import { signal } from '@preact/signals';
import { at, pathIn } from './address.js';

// The pages of accounts are another document: see account.js.
const routes = [
  [/^\/$/, () => ({ name: 'chat', chat: null })],
  [/^\/c\/([^/]+)$/, ([, chat]) => ({ name: 'chat', chat: decodeURIComponent(chat) })],
];

export function routeOf(path) {
  for (const [pattern, route] of routes) {
    const found = pattern.exec(path);
    if (found) return route(found);
  }
  return { name: 'not-found' };
}

export const chatPath = (chat) => at(`/c/${encodeURIComponent(chat)}`);
export const messagePath = (chat, message) => `${chatPath(chat)}#m-${message}`;

/** What the address says; `message` is the one that is to be shown. */
function here({ pathname, hash } = location) {
  const [, message = null] = /^#m-([\w-]+)$/.exec(hash) ?? [];
  return { ...routeOf(pathIn(pathname)), message };
}

export class Router {
  route = signal(here());

  listen() {
    addEventListener('popstate', () => this.#follow());
    document.addEventListener('click', (click) => {
      const link = ownLink(click);
      if (!link) return;
      click.preventDefault();
      this.go(link.pathname + link.hash);
    });
  }

  go(path) {
    const isHere = path === location.pathname + location.hash;
    if (isHere && !location.hash) return;
    if (!isHere) history.pushState(null, '', path);
    this.#follow();
  }

  #follow() {
    this.route.value = here();
  }
}

function ownLink(click) {
  const { defaultPrevented, button, metaKey, ctrlKey, shiftKey, altKey } = click;
  if (defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return null;
  const link = click.target.closest('a[href^="/"]');
  const ours =
    link &&
    !link.target &&
    !link.hasAttribute('download') &&
    routeOf(pathIn(link.pathname)).name !== 'not-found';
  return ours ? link : null;
}
