import { signal } from '@preact/signals';

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

export const chatPath = (chat) => `/c/${encodeURIComponent(chat)}`;

export class Router {
  route = signal(routeOf(location.pathname));

  listen() {
    addEventListener('popstate', () => this.#follow());
    document.addEventListener('click', (click) => {
      const link = ownLink(click);
      if (!link) return;
      click.preventDefault();
      this.go(link.pathname);
    });
  }

  go(path) {
    if (path === location.pathname) return;
    history.pushState(null, '', path);
    this.#follow();
  }

  #follow() {
    this.route.value = routeOf(location.pathname);
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
    routeOf(link.pathname).name !== 'not-found';
  return ours ? link : null;
}
