import { deleteChats } from '../chats/delete-chat.js';
import { t, tn } from '../language/translate.js';
import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { Dialog } from '../views/dialog.js';

export function DeleteDialog({ chats, onClose }) {
  const page = usePage();
  const many = chats.length > 1;
  const remove = (close) => () => {
    close();
    page.chats.selected.value = null;
    deleteChats(chats, page);
  };
  return html`
    <${Dialog} title=${many
      ? tn(chats.length, 'Delete {count} chat?', 'Delete {count} chats?')
      : t('Delete this chat?')} onClose=${onClose}>${(close) => html`
      <p>${many
        ? t('They and all their messages will be gone.')
        : t('“{title}” and all its messages will be gone.', { title: chats[0].title })}</p>
      <div class="dialog-actions">
        <button class="button" autofocus onClick=${close}>${t('Cancel')}</button>
        <button class="button danger" onClick=${remove(close)}>${t('Delete')}</button>
      </div>`}
    <//>`;
}
