import { html } from '../html.js';
import { useEffect, useRef } from 'preact/hooks';
import { usePage } from '../page-context.js';

export function DeleteDialog({ chat, onClose }) {
  const { conversation } = usePage();
  const dialog = useRef();
  useEffect(() => dialog.current.showModal(), []);
  const remove = () => {
    dialog.current.close();
    conversation.remove(chat.id);
  };
  return html`
    <dialog class="dialog" ref=${dialog} onClose=${onClose} aria-labelledby="delete-question">
      <h2 id="delete-question">Delete this chat?</h2>
      <p>“${chat.title}” and all its messages will be gone for good.</p>
      <div class="dialog-actions">
        <button class="button" onClick=${() => dialog.current.close()}>Cancel</button>
        <button class="button danger" onClick=${remove}>Delete</button>
      </div>
    </dialog>`;
}
