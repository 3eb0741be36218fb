import { html } from '../html.js';
import { useEffect, useRef } from 'preact/hooks';
import { usePage } from '../page-context.js';
import { TextBox } from '../text-box.js';

export function PromptEditor({ message, onClose }) {
  const { conversation } = usePage();
  const box = useRef();
  useEffect(() => box.current.focus(), []);

  const send = () => {
    const prompt = box.current.value.trim();
    if (!prompt || conversation.busy.value) return;
    onClose();
    conversation.send(prompt, { parent: message.parent ?? null });
  };

  const onKeyDown = (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  };

  return html`
    <div class="prompt-editor" onKeyDown=${onKeyDown}>
      <${TextBox} label="Edit prompt" box=${box} initial=${message.content} onEnter=${send} />
      <div class="prompt-editor-actions">
        <button class="button" onClick=${onClose}>Cancel</button>
        <button class="button primary" onClick=${send}>Send again</button>
      </div>
    </div>`;
}
