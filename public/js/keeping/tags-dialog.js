import { useRef } from 'preact/hooks';
import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { Modal } from './modal.js';

const tagsIn = (text) => text.toLowerCase().split(',').map((tag) => tag.trim()).filter(Boolean);

/** The tags of one chat, or further ones for several. */
export function TagsDialog({ chats, onClose }) {
  const page = usePage();
  const field = useRef();
  const many = chats.length > 1;
  const save = (close) => async (event) => {
    event.preventDefault();
    const given = tagsIn(field.current.value);
    const tagsOf = (chat) => [...new Set([...(many ? chat.tags ?? [] : []), ...given])];
    close();
    page.chats.selected.value = null;
    for (const chat of chats) await page.chats.change(chat.id, { tags: tagsOf(chat) });
    page.chats.load();
  };
  return html`
    <${Modal} title=${many ? `Tag ${chats.length} chats` : 'Tags'} onClose=${onClose}>
      ${(close) => html`
        <form onSubmit=${save(close)}>
          <label class="modal-field">${many ? 'Further tags' : 'Tags'}, with commas between them
            <input ref=${field} autocomplete="off" maxlength="1000"
              defaultValue=${many ? '' : (chats[0].tags ?? []).join(', ')} /></label>
          <p>Search for <code>tag:name</code> to see the chats that have one.</p>
          <div class="dialog-actions">
            <button class="button" type="button" onClick=${close}>Cancel</button>
            <button class="button primary">Save</button>
          </div>
        </form>`}
    <//>`;
}
