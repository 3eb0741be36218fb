import { html } from '../views/html.js';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../language/translate.js';
import { isComposing } from '../shell/keyboard.js';
import { usePage } from '../views/page-context.js';
import { TextBox } from '../views/text-box.js';

export function PromptEditor({ message, onClose }) {
  const { conversation, promptEdits } = usePage();
  const box = useRef();
  const initial = useRef(promptEdits.of(message.id)).current;
  useLayoutEffect(() => {
    if (initial === message.content) box.current.focus();
  }, []);

  const send = () => {
    const prompt = box.current.value.trim();
    if (!prompt || conversation.busy.value) return;
    onClose();
    const files = message.attachments ?? [];
    conversation.send(prompt, { parent: message.parent ?? null, files });
  };

  const onKeyDown = (event) => {
    if (event.key !== 'Escape' || isComposing(event)) return;
    event.preventDefault();
    onClose();
  };

  return html`
    <div class="prompt-editor" onKeyDown=${onKeyDown}>
      <${TextBox} label=${t('Edit prompt')} box=${box} initial=${initial} onEnter=${send}
        onInput=${(text) => promptEdits.type(message.id, text)} />
      <div class="prompt-editor-actions">
        <button class="button" onClick=${onClose}>${t('Cancel')}</button>
        <button class="button primary" onClick=${send}>${t('Send again')}</button>
      </div>
    </div>`;
}
