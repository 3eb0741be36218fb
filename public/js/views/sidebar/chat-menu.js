import { html } from '../html.js';
import { useId, useRef } from 'preact/hooks';
import { exportPath } from '../../api.js';
import { loadKeeping } from '../../shell/lazy-parts.js';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';

export function ChatMenu({ chat, onRename, onDelete }) {
  const { chats, dialogs } = usePage();
  const share = () => dialogs.open(async () => (await loadKeeping()).ShareDialog, { chat });
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
      onToggle=${(event) => placeBelow(event, button.current)}>
      <${Item} icon="edit" text="Rename" onPick=${pick(onRename)} />
      <${Item} icon="pin" text=${chat.pinned ? 'Unpin' : 'Pin'}
        onPick=${change({ pinned: !chat.pinned })} />
      <${Item} icon="archive" text=${chat.archived ? 'Unarchive' : 'Archive'}
        onPick=${change({ archived: !chat.archived })} />
      <${Item} icon="link" text="Share…" onPick=${pick(share)} />
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

/**
 * A popover is drawn above everything, so that the list cannot cut it off, and has no place of its
 * own.
 */
export function placeBelow({ newState, target: menu }, button) {
  if (newState !== 'open') return;
  const { bottom, left, top } = button.getBoundingClientRect();
  const fits = bottom + menu.offsetHeight + 8 < innerHeight;
  menu.style.top = `${fits ? bottom + 4 : top - menu.offsetHeight - 4}px`;
  menu.style.left = `${Math.min(left, innerWidth - menu.offsetWidth - 8)}px`;
}
