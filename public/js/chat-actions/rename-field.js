import { html } from '../views/html.js';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../language/translate.js';
import { isComposing } from '../shell/keyboard.js';
import { usePage } from '../views/page-context.js';

export function RenameField({ chat, onClose }) {
  const { conversation } = usePage();
  const field = useRef();
  useLayoutEffect(() => field.current.select(), []);

  const closed = useRef(false);
  const close = () => {
    closed.current = true;
    onClose();
  };

  const keep = () => {
    // Removing the field takes the focus from it, which is no wish to keep the text.
    if (closed.current) return;
    const title = field.current.value.trim();
    if (title && title !== chat.title) conversation.rename(chat.id, title);
    close();
  };

  const onKeyDown = (event) => {
    if (isComposing(event) || !['Enter', 'Escape'].includes(event.key)) return;
    event.preventDefault();
    if (event.key === 'Enter') keep();
    else close();
  };

  return html`
    <input class="rename" ref=${field} aria-label=${t('Title of the chat')} maxlength="200"
      defaultValue=${chat.title}
      onKeyDown=${onKeyDown} onBlur=${keep} />`;
}
