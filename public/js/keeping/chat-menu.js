import { exportPath } from '../api.js';
import { chatPath } from '../shell/router.js';
import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { Menu } from './menu.js';

export function ChatMenu({ chat, onRename, button, onClose }) {
  const items = itemsOf(chat, usePage(), onRename);
  return html`<${Menu} ...${{ items, button, onClose }} />`;
}

function itemsOf(chat, { chats, overlay, router }, onRename) {
  const open = (name, properties) => () => (overlay.value = { name, ...properties });
  const change = (changes) => () => chats.change(chat.id, changes);
  const exported = (format, text) => ({ icon: 'export', text, href: exportPath(chat.id, format) });
  const settings = () => {
    router.go(chatPath(chat.id));
    open('chat-settings')();
  };
  return [
    { icon: 'edit', text: 'Rename', act: onRename },
    { icon: 'pin', text: chat.pinned ? 'Unpin' : 'Pin', act: change({ pinned: !chat.pinned }) },
    {
      icon: 'archive', text: chat.archived ? 'Unarchive' : 'Archive',
      act: change({ archived: !chat.archived }),
    },
    { icon: 'tag', text: 'Tags…', act: open('tags', { chats: [chat] }) },
    { icon: 'settings', text: 'Settings…', act: settings },
    { icon: 'link', text: 'Share…', act: open('share', { chat }) },
    exported('md', 'Export as Markdown'),
    exported('html', 'Export as a web page'),
    exported('json', 'Export as JSON'),
    { icon: 'done', text: 'Select…', act: () => chats.pick(chat.id) },
    { icon: 'delete', text: 'Delete…', act: open('delete-chats', { chats: [chat] }), danger: true },
  ];
}
