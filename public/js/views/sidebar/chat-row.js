import { html } from '../html.js';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../language/translate.js';
import { chatPath } from '../../shell/router.js';
import { usePage } from '../page-context.js';
import { later, partOf } from '../later.js';
import { MenuButton } from '../menu-button.js';

const chatActions = () => import('../../chat-actions/parts.js');
const ChatMenu = later(partOf(chatActions, 'ChatMenu'));
const RenameField = later(partOf(chatActions, 'RenameField'));

export function ChatRow({ chat }) {
  const { router, chats } = usePage();
  const [renaming, setRenaming] = useState(false);
  const link = useRef();
  const renamed = useRef(false);
  useLayoutEffect(() => {
    const isNowhere = document.activeElement === document.body;
    if (renamed.current && !renaming && isNowhere) link.current.focus();
    renamed.current = renaming;
  }, [renaming]);
  const current = router.route.value.chat === chat.id;
  if (renaming) return html`
    <li class="chat-row"><${RenameField} chat=${chat} onClose=${() => setRenaming(false)} /></li>`;
  return html`
    <li class="chat-row ${current ? 'current' : ''}">
      ${chats.selected.value && html`<label class="pick"><input type="checkbox"
        aria-label=${t('Select {title}', { title: chat.title })}
        checked=${chats.selected.value.has(chat.id)}
        onChange=${() => chats.pick(chat.id)} /></label>`}
      <a ref=${link} href=${chatPath(chat.id)} aria-current=${current ? 'page' : null}
        title=${chat.title} dir="auto">
        ${chat.title || t('Untitled')}
        ${chat.tags?.length > 0 && html`
          ${' '}<small class="tags">${chat.tags.join(', ')}</small>`}
        ${chat.running && html`<span class="running" title=${t('A reply is running')}></span>`}
      </a>
      <${MenuButton} menu=${ChatMenu} kind="chat-menu-button" chat=${chat}
        label=${t('Options of {title}', { title: chat.title })}
        onRename=${() => setRenaming(true)} />
    </li>`;
}
