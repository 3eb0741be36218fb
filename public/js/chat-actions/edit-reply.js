import { useRef, useState } from 'preact/hooks';
import * as api from '../api.js';
import { t } from '../language/translate.js';
import { errorText } from '../shell/error-text.js';
import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { Dialog } from '../views/dialog.js';

export function EditDialog({ message, onClose }) {
  const { conversation } = usePage();
  const [error, setError] = useState(null);
  const box = useRef();
  const save = async (close) => {
    try {
      const { opened } = conversation;
      const edited = await api.editReply(opened, message.id, box.current.value);
      close();
      conversation.add(opened, edited);
    } catch (refused) {
      setError(refused);
    }
  };
  return html`
    <${Dialog} title=${t('Edit the reply')} wide onClose=${onClose}>${(close) => html`
      <p>${t('It becomes another version; the model’s own stays beside it.')}</p>
      <textarea class="edited-reply" ref=${box} aria-label=${t('Text of the reply')} rows="14"
        defaultValue=${message.content} autofocus></textarea>
      ${error && html`<p role="alert">${errorText(error)}</p>`}
      <div class="dialog-actions">
        <button class="button" onClick=${close}>${t('Cancel')}</button>
        <button class="button primary" onClick=${() => save(close)}>${t('Save')}</button>
      </div>`}
    <//>`;
}
