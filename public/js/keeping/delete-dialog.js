import { deleteChats } from '../chats/delete-chat.js';
import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { Modal } from './modal.js';

export function DeleteDialog({ chats, onClose }) {
  const page = usePage();
  const many = chats.length > 1;
  const remove = (close) => () => {
    close();
    page.chats.selected.value = null;
    deleteChats(chats, page);
  };
  return html`
    <${Modal} title=${many ? `Delete ${chats.length} chats?` : 'Delete this chat?'}
      onClose=${onClose}>${(close) => html`
      <p>${many ? 'They' : `“${chats[0].title}”`} and all ${many ? 'their' : 'its'} messages will be
        gone.</p>
      <div class="dialog-actions">
        <button class="button" onClick=${close}>Cancel</button>
        <button class="button danger" onClick=${remove(close)}>Delete</button>
      </div>`}
    <//>`;
}
