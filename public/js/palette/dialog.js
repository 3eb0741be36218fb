import { html } from '../views/html.js';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../language/translate.js';
import { Icon } from '../views/icon.js';

/** A dialog with a title and a button that closes it. */
export function Dialog({ title, onClose, children }) {
  const dialog = useRef();
  const id = useId();
  useLayoutEffect(() => dialog.current.showModal(), []);
  const close = () => dialog.current.close();
  return html`
    <dialog class="dialog sheet" ref=${dialog} aria-labelledby=${id} onClose=${onClose}
      onClick=${({ target }) => target === dialog.current && close()}>
      <div class="sheet-content">
        <header class="sheet-head">
          <h2 id=${id}>${title}</h2>
          <button class="icon-button" aria-label=${t('Close')} onClick=${close}>
            <${Icon} name="close" /></button>
        </header>
        ${children}
      </div>
    </dialog>`;
}
