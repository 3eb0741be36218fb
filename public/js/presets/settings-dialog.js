import { html } from '../views/html.js';
import { useEffect } from 'preact/hooks';
import { t } from '../language/translate.js';
import { usePage } from '../views/page-context.js';
import { Parameters, parametersIn } from './fields.js';
import { Form } from './form.js';
import { Dialog } from '../views/dialog.js';

/** How the model writes in the open chat, or in the new one. */
export function SettingsDialog({ onClose }) {
  const page = usePage();
  const { conversation, overlay } = page;
  const chat = conversation.chat.value;
  const values = chat ?? conversation.beginning.values.value;
  const save = async (form) => {
    const changes = parametersIn(form);
    // A chat that has begun has no way back to the server's own system prompt.
    if (chat) changes.system ??= '';
    await conversation.configure(changes);
    onClose();
  };
  const keep = ({ target }) => {
    const draft = { ...draftOf(page), ...parametersIn(new FormData(target.form)) };
    overlay.value = { name: 'presets', draft };
  };
  const isUnread = chat && chat.system === undefined;
  useEffect(() => {
    if (isUnread) conversation.loader.refresh();
  }, [isUnread]);
  if (isUnread) return html`
    <${Dialog} wide title=${t('Chat settings')} onClose=${onClose}>
      <p role="status">${t('Loading…')}</p><//>`;
  return html`
    <${Dialog} wide title=${chat ? t('Chat settings') : t('Settings of the new chat')}
      onClose=${onClose}>
      <${Form} label=${t('Chat settings')} act=${save}>
        <${Parameters} values=${values} />
        <p class="modal-hint">${t('They hold from the next prompt on.')}</p>
        <div class="dialog-actions">
          <button class="button" type="button" onClick=${keep}>${
            t('Make a preset of this…')}</button>
          <button class="button primary">${t('Save')}</button>
        </div>
      <//>
    <//>`;
}

const draftOf = ({ conversation, models }) => ({
  model: models.of(conversation.chat.value),
  prompt: conversation.outbox.typed.value,
});
