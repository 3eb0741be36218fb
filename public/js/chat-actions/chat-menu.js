import { exportPath } from '../api.js';
import { t } from '../language/translate.js';
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
    { icon: 'edit', text: t('Rename'), act: onRename },
    {
      icon: 'pin', text: chat.pinned ? t('Unpin') : t('Pin'),
      act: change({ pinned: !chat.pinned }),
    },
    {
      icon: 'archive', text: chat.archived ? t('Unarchive') : t('Archive'),
      act: change({ archived: !chat.archived }),
    },
    { icon: 'tag', text: t('Tags…'), act: open('tags', { chats: [chat] }) },
    { icon: 'settings', text: t('Settings…'), act: settings },
    { icon: 'link', text: t('Share…'), act: open('share', { chat }) },
    exported('md', t('Export as Markdown')),
    exported('html', t('Export as a web page')),
    exported('json', t('Export as JSON')),
    { icon: 'done', text: t('Select…'), act: () => chats.pick(chat.id) },
    {
      icon: 'delete', text: t('Delete…'), danger: true,
      act: open('delete-chats', { chats: [chat] }),
    },
  ];
}
