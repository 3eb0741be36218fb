import { html } from '../html.js';
import { useId, useRef } from 'preact/hooks';
import { exportPath } from '../../api.js';
import { t } from '../../language/translate.js';
import { chatPath } from '../../shell/router.js';
import { placeBelow } from '../../shell/popover-place.js';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';

export function ChatMenu({ chat, onRename, onDelete }) {
  const { chats, overlay, router } = usePage();
  const id = useId();
  const button = useRef();
  const menu = useRef();
  const pick = (act) => () => {
    menu.current.hidePopover();
    act();
  };
  const change = (changes) => pick(() => chats.change(chat.id, changes));
  return html`
    <button class="icon-button chat-menu-button" ref=${button} popovertarget=${id}
      aria-label=${t('Options of {title}', { title: chat.title })}><${Icon} name="more" /></button>
    <div class="menu" id=${id} ref=${menu} popover="auto"
      onToggle=${({ newState, target }) =>
        newState === 'open' && placeBelow(target, button.current)}>
      <${Item} icon="edit" text=${t('Rename')} onPick=${pick(onRename)} />
      <${Item} icon="pin" text=${chat.pinned ? t('Unpin') : t('Pin')}
        onPick=${change({ pinned: !chat.pinned })} />
      <${Item} icon="archive" text=${chat.archived ? t('Unarchive') : t('Archive')}
        onPick=${change({ archived: !chat.archived })} />
      <${Item} icon="settings" text=${t('Settings…')} onPick=${pick(() => {
        router.go(chatPath(chat.id));
        overlay.value = { name: 'chat-settings' };
      })} />
      <${Item} icon="link" text=${t('Share…')} onPick=${pick(() =>
        (overlay.value = { name: 'share', chat }))} />
      <${Export} chat=${chat} format="md" text=${t('Export as Markdown')}
        onPick=${pick(() => {})} />
      <${Export} chat=${chat} format="html" text=${t('Export as a web page')}
        onPick=${pick(() => {})} />
      <${Export} chat=${chat} format="json" text=${t('Export as JSON')}
        onPick=${pick(() => {})} />
      <${Item} icon="delete" text=${t('Delete…')} onPick=${pick(onDelete)} danger />
    </div>`;
}

const Item = ({ icon, text, onPick, danger }) => html`
  <button class="menu-item ${danger ? 'danger' : ''}" onClick=${onPick}><${Icon}
    name=${icon} />${text}</button>`;

const Export = ({ chat, format, text, onPick }) => html`
  <a class="menu-item" href=${exportPath(chat.id, format)} download onClick=${onPick}><${Icon}
    name="export" />${text}</a>`;
