import { useLayoutEffect, useRef } from 'preact/hooks';
import { t, tn } from '../language/translate.js';
import { at } from '../shell/address.js';
import { html } from '../views/html.js';
import { Icon } from '../views/icon.js';
import { usePage } from '../views/page-context.js';

/** What can be done with the chats that are picked in the list. */
export function SelectionBar() {
  const { chats, overlay } = usePage();
  const bar = useRef();
  useLayoutEffect(() => bar.current.querySelector('button').focus(), []);
  const list = chats.list.value;
  const picked = list.filter(({ id }) => chats.selected.value.has(id));
  const end = () => (chats.selected.value = null);
  const open = (name) => () => (overlay.value = { name, chats: picked });
  const isIn = picked.length > 0 && picked.every(({ archived }) => archived);
  const archive = async () => {
    end();
    for (const { id } of picked) await chats.change(id, { archived: !isIn });
  };
  const none = picked.length === 0;
  const ids = picked.map(({ id }) => id).join();
  const all = () => (chats.selected.value = new Set(list.map(({ id }) => id)));
  return html`
    <div class="selection" role="toolbar" aria-label=${t('Selected chats')} ref=${bar}>
      <p role="status">${tn(picked.length, '{count} selected', '{count} selected')}</p>
      <${Act} icon="done" text=${t('Select all')} onClick=${all} />
      <${Act} icon="archive" text=${isIn ? t('Unarchive') : t('Archive')}
        onClick=${archive} disabled=${none} />
      <${Act} icon="tag" text=${t('Tag…')} onClick=${open('tags')} disabled=${none} />
      ${!none && html`<a class="icon-button" href=${at(`/api/export?chats=${ids}`)} download
        aria-label=${t('Export')} title=${t('Export')}><${Icon} name="export" /></a>`}
      <${Act} icon="delete" text=${t('Delete…')} onClick=${open('delete-chats')}
        disabled=${none} />
      <${Act} icon="close" text=${t('End the selection')} onClick=${end} />
    </div>`;
}

const Act = ({ icon, text, onClick, disabled }) => html`
  <button class="icon-button" aria-label=${text} title=${text} disabled=${disabled}
    onClick=${onClick}><${Icon} name=${icon} /></button>`;
