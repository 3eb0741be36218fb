import { html } from '../html.js';
import { useId, useRef } from 'preact/hooks';
import { exportPath } from '../../api.js';
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
      aria-label="Options of ${chat.title}"><${Icon} name="more" /></button>
    <div class="menu" id=${id} ref=${menu} popover="auto"
      onToggle=${({ newState, target }) =>
        newState === 'open' && placeBelow(target, button.current)}>
      <${Item} icon="edit" text="Rename" onPick=${pick(onRename)} />
      <${Item} icon="pin" text=${chat.pinned ? 'Unpin' : 'Pin'}
        onPick=${change({ pinned: !chat.pinned })} />
      <${Item} icon="archive" text=${chat.archived ? 'Unarchive' : 'Archive'}
        onPick=${change({ archived: !chat.archived })} />
      <${Item} icon="settings" text="Settings…" onPick=${pick(() => {
        router.go(chatPath(chat.id));
        overlay.value = { name: 'chat-settings' };
      })} />
      <${Item} icon="link" text="Share…" onPick=${pick(() =>
        (overlay.value = { name: 'share', chat }))} />
      <${Export} chat=${chat} format="md" text="Export as Markdown" onPick=${pick(() => {})} />
      <${Export} chat=${chat} format="html" text="Export as a web page" onPick=${pick(() => {})} />
      <${Export} chat=${chat} format="json" text="Export as JSON" onPick=${pick(() => {})} />
      <${Item} icon="delete" text="Delete…" onPick=${pick(onDelete)} danger />
    </div>`;
}

const Item = ({ icon, text, onPick, danger }) => html`
  <button class="menu-item ${danger ? 'danger' : ''}" onClick=${onPick}><${Icon}
    name=${icon} />${text}</button>`;

const Export = ({ chat, format, text, onPick }) => html`
  <a class="menu-item" href=${exportPath(chat.id, format)} download onClick=${onPick}><${Icon}
    name="export" />${text}</a>`;
