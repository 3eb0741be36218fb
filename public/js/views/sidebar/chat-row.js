import { html } from '../html.js';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../language/translate.js';
import { chatPath } from '../../shell/router.js';
import { usePage } from '../page-context.js';
import { ChatMenu } from './chat-menu.js';
import { RenameField } from './rename-field.js';

export function ChatRow({ chat, onDelete }) {
  const { router } = usePage();
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
      <a ref=${link} href=${chatPath(chat.id)} aria-current=${current ? 'page' : null}
        title=${chat.title} dir="auto">
        ${chat.title || t('Untitled')}
        ${chat.running && html`<span class="running" title=${t('A reply is running')}></span>`}
      </a>
      <${ChatMenu} chat=${chat} onRename=${() => setRenaming(true)}
        onDelete=${() => onDelete(chat)} />
    </li>`;
}
