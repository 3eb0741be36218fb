import { html } from '../html.js';
import { useEffect, useRef } from 'preact/hooks';
import { Brand } from '../brand.js';
import { loadKeeping } from '../../shell/lazy-parts.js';
import { usePage } from '../page-context.js';
import { ChatList } from './chat-list.js';
import { DesktopSwitch } from './desktop-switch.js';
import { Icon } from '../icon.js';
import { ThemeSwitch } from './theme-switch.js';

export function Sidebar() {
  const { me, router, sidebar } = usePage();
  const drawer = useRef();
  useEffect(() => {
    if (sidebar.narrow.value) drawer.current.focus();
  }, []);
  const startChat = () => {
    router.go('/');
    sidebar.closeDrawer();
    document.getElementById('message')?.focus();
  };
  return html`
    <aside class="sidebar" ref=${drawer} tabindex="-1" aria-label="Chats and settings">
      <div class="sidebar-head">
        <${Brand} />
        <button class="icon-button" aria-label="Hide chats" onClick=${() => sidebar.toggle()}>
          <${Icon} name="sidebar" /></button>
      </div>
      <button class="new-chat" onClick=${startChat}><${Icon} name="new" />New chat</button>
      <${Search} />
      <${ChatList} />
      <footer class="sidebar-foot">
        <${Who} me=${me.value} />
        <span><${DataButton} /><${DesktopSwitch} /><${ThemeSwitch} /></span>
      </footer>
    </aside>`;
}

function DataButton() {
  const { dialogs } = usePage();
  const open = () => dialogs.open(async () => (await loadKeeping()).DataDialog);
  return html`
    <button class="icon-button" aria-label="Import and export" title="Import and export"
      onClick=${open}><${Icon} name="export" /></button>`;
}

/** Where there are accounts, one's own is a page; the one user of a server without has none. */
const Who = ({ me }) => html`<span
  class="who">${me && me.id !== 'local' && html`<a href="/profile">${me.name}</a>`}</span>`;

function Search() {
  const { chats } = usePage();
  return html`
    <label class="search">
      <span class="visually-hidden">Search chats</span>
      <${Icon} name="search" />
      <input id="chat-search" type="search" placeholder="Search chats" value=${chats.query}
        onInput=${({ target }) => chats.search(target.value)} />
    </label>`;
}
