import { html } from './html.js';
import { t } from '../language/translate.js';
import { at } from '../shell/address.js';
import { usePage } from './page-context.js';
import { Icon } from './icon.js';
import { later, partOf } from './later.js';
import { MenuButton } from './menu-button.js';

const ChatOptions = later(partOf(() => import('../chat-actions/parts.js'), 'ChatOptions'));

export function TopBar() {
  const { conversation, router, sidebar } = usePage();
  const title = conversation.chat.value?.title;
  return html`
    <header class="top-bar">
      ${!sidebar.open.value && html`
        <button class="icon-button" aria-label=${t('Show chats')} onClick=${() => sidebar.toggle()}>
          <${Icon} name="sidebar" /></button>`}
      <${title ? 'h1' : 'span'} class="top-bar-title" dir="auto">${title}<//>
      ${!sidebar.open.value && html`
        <button class="icon-button" aria-label=${t('New chat')} onClick=${() => router.go(at('/'))}
          ><${Icon} name="new" /></button>`}
      <${MenuButton} menu=${ChatOptions} label=${t('Chat options')} />
    </header>`;
}
