import { useRef } from 'preact/hooks';
import { t, tn } from '../language/translate.js';
import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { Dialog } from '../views/dialog.js';

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
    <${Dialog} title=${many
      ? tn(chats.length, 'Tag {count} chat', 'Tag {count} chats')
      : t('Tags')} onClose=${onClose}>
      ${(close) => html`
        <form onSubmit=${save(close)}>
          <label class="modal-field">${many
            ? t('Further tags, with commas between them')
            : t('Tags, with commas between them')}
            <input ref=${field} autocomplete="off" maxlength="1000"
              defaultValue=${many ? '' : (chats[0].tags ?? []).join(', ')} /></label>
          <p>${t('Search for {tag} to see the chats that have one.', {
            tag: html`<code>tag:name</code>`,
          })}</p>
          <div class="dialog-actions">
            <button class="button" type="button" onClick=${close}>${t('Cancel')}</button>
            <button class="button primary">${t('Save')}</button>
          </div>
        </form>`}
    <//>`;
}
