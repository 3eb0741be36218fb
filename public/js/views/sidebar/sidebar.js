import { html } from '../html.js';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../language/translate.js';
import { at } from '../../shell/address.js';
import { newChat } from '../../shell/actions.js';
import { Brand } from '../brand.js';
import { usePage } from '../page-context.js';
import { ChatList } from './chat-list.js';
import { DesktopSwitch } from './desktop-switch.js';
import { Icon } from '../icon.js';
import { later, partOf } from '../later.js';
import { isComposing, isMac, keyboard } from '../../shell/keyboard.js';
import { listKeys } from '../../shell/list-keys.js';
import { ThemeSwitch } from './theme-switch.js';

const SelectionBar = later(partOf(() => import('../../chat-actions/parts.js'), 'SelectionBar'));
const HitList = later(partOf(() => import('../../search/hit-list.js'), 'HitList'));

export function Sidebar() {
  const page = usePage();
  const { me, sidebar, chats, overlay } = page;
  const drawer = useRef();
  const lists = useRef();
  useEffect(() => {
    if (sidebar.narrow.value) drawer.current.focus();
  }, []);
  const onKeyDown = (event) => {
    const isTaken = event.defaultPrevented || isComposing(event)
      || document.querySelector(':popover-open');
    if (event.key === 'Escape' && chats.selected.value && !isTaken) {
      event.stopPropagation();
      chats.selected.value = null;
    }
    const field = document.getElementById('chat-search');
    listKeys(event, { field, list: lists.current });
  };
  return html`
    <aside class="sidebar" ref=${drawer} tabindex="-1" aria-label=${t('Chats and settings')}
      onKeyDown=${onKeyDown}>
      <div class="sidebar-head">
        <${Brand} />
        <button class="icon-button" aria-label=${t('Hide chats')} onClick=${() => sidebar.toggle()}>
          <${Icon} name="sidebar" /></button>
      </div>
      <button class="new-chat" onClick=${() => newChat(page)}><${Icon} name="new" />${
        t('New chat')}</button>
      <${Search} />
      ${chats.selected.value && html`<${SelectionBar} />`}
      <div class="lists" ref=${lists}>
        <${ChatList} />
        ${chats.query.value.trim() && html`<${HitList} />`}
      </div>
      <footer class="sidebar-foot">
        <${Who} me=${me.value} />
        <span><${DataButton} /><${DesktopSwitch} /><${ThemeSwitch} />
          <button class="icon-button" aria-label=${t('Settings')} title=${t('Settings')}
            onClick=${() => (overlay.value = { name: 'settings' })}><${Icon}
            name="settings" /></button></span>
      </footer>
    </aside>`;
}

function DataButton() {
  const { overlay } = usePage();
  const open = () => (overlay.value = { name: 'data' });
  return html`
    <button class="icon-button" aria-label=${t('Import and export')}
      title=${t('Import and export')} onClick=${open}><${Icon} name="export" /></button>`;
}

/** Where there are accounts, one's own is a page; the one user of a server without has none. */
const Who = ({ me }) => html`<span
  class="who">${me && me.id !== 'local' && html`<a href=${at('/profile')}>${me.name}</a>`}</span>`;

const keys = isMac ? '⌘ K' : 'Ctrl K';

function Search() {
  const { chats, overlay } = usePage();
  const palette = () => (overlay.value = { name: 'palette' });
  return html`
    <div class="search">
      <label>
        <span class="visually-hidden">${t('Search chats')}</span>
        <${Icon} name="search" />
        <input id="chat-search" type="search" placeholder=${t('Search chats')} value=${chats.query}
          onInput=${({ target }) => chats.search(target.value)} />
      </label>
      ${!chats.query.value && html`
        <button class="search-more" aria-haspopup="dialog" title=${t('Search or do anything')}
          aria-label=${t('Search or do anything ({keys})', { keys })} onClick=${palette}>
          ${keyboard.matches ? keys : html`<${Icon} name="more" />`}</button>`}
    </div>`;
}
