import { html } from '../html.js';
import { useEffect, useRef } from 'preact/hooks';
import { deleteChat } from '../../chats/delete-chat.js';
import { t } from '../../language/translate.js';
import { usePage } from '../page-context.js';

export function DeleteDialog({ chat, onClose }) {
  const page = usePage();
  const dialog = useRef();
  useEffect(() => dialog.current.showModal(), []);
  const remove = () => {
    dialog.current.close();
    deleteChat(chat, page);
  };
  return html`
    <dialog class="dialog" ref=${dialog} onClose=${onClose} aria-labelledby="delete-question">
      <h2 id="delete-question">${t('Delete this chat?')}</h2>
      <p>${t('“{title}” and all its messages will be gone.', { title: chat.title })}</p>
      <div class="dialog-actions">
        <button class="button" onClick=${() => dialog.current.close()}>${t('Cancel')}</button>
        <button class="button danger" onClick=${remove}>${t('Delete')}</button>
      </div>
    </dialog>`;
}
