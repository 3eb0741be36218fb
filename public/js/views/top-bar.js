import { html } from '../html.js';
import { usePage } from './page-context.js';
import { Icon } from './icon.js';

export function TopBar() {
  const { conversation, router, sidebar } = usePage();
  return html`
    <header class="top-bar">
      ${!sidebar.open.value && html`
        <button class="icon-button" aria-label="Show chats" onClick=${() => sidebar.toggle()}><${Icon} name="sidebar" /></button>`}
      <h1 class="top-bar-title">${conversation.chat.value?.title ?? ''}</h1>
      ${!sidebar.open.value && html`
        <button class="icon-button" aria-label="New chat" onClick=${() => router.go('/')}><${Icon} name="new" /></button>`}
    </header>`;
}
