import { html } from './html.js';
import { useRef } from 'preact/hooks';
import { t } from '../language/translate.js';
import { at } from '../shell/address.js';
import { placeBelow } from '../shell/popover-place.js';
import { usePage } from './page-context.js';
import { Icon } from './icon.js';

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
      <${ChatOptions} />
    </header>`;
}

function ChatOptions() {
  const page = usePage();
  const button = useRef();
  const menu = useRef();
  const pick = (act) => () => {
    menu.current.hidePopover();
    act();
  };
  const open = (name) => pick(() => (page.overlay.value = { name }));
  return html`
    <button class="icon-button" ref=${button} popovertarget="chat-options"
      aria-label=${t('Chat options')}><${Icon} name="more" /></button>
    <div class="menu" id="chat-options" ref=${menu} popover="auto"
      onToggle=${({ newState, target }) =>
        newState === 'open' && placeBelow(target, button.current)}>
      <button class="menu-item" onClick=${open('chat-settings')}><${Icon} name="settings" />${
        t('Chat settings…')}</button>
      <button class="menu-item" onClick=${open('presets')}><${Icon} name="copy" />${
        t('Presets…')}</button>
      <button class="menu-item" onClick=${pick(() => turnTemporary(page))}><${Icon}
        name="temporary" />${isTemporary(page) ? t('Lasting chat') : t('Temporary chat')}</button>
    </div>`;
}

const isTemporary = ({ conversation: { chat, beginning } }) =>
  !chat.value && beginning.values.value.temporary;

/** A new chat, temporary or not. */
function turnTemporary(page) {
  const temporary = isTemporary(page) ? null : true;
  page.router.go(at('/'));
  page.sidebar.closeDrawer();
  page.conversation.beginning.add({ temporary });
  document.getElementById('message')?.focus();
}
