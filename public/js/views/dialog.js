import { html } from './html.js';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../language/translate.js';
import { keyboard } from '../shell/keyboard.js';
import { Icon } from './icon.js';

/**
 * A dialog with a title and a button that closes it, as Escape does; the focus goes back to where
 * it was. `children` may be a function, which gets the one that closes it.
 */
export function Dialog({ title, wide, onClose, children, ...others }) {
  const dialog = useRef();
  const id = useId();
  useLayoutEffect(() => {
    dialog.current.showModal();
    const first = dialog.current.querySelector('form :is(textarea, input, select)');
    // On a phone that would open the keyboard over it.
    if (keyboard.matches) first?.focus();
  }, []);
  const close = () => dialog.current.close();
  return html`
    <dialog class="dialog ${wide ? 'wide' : ''}" ref=${dialog} aria-labelledby=${id}
      onClose=${onClose} ...${others}>
      <header class="dialog-head">
        <h2 id=${id}>${title}</h2>
        <button class="icon-button" aria-label=${t('Close')} onClick=${close}>
          <${Icon} name="close" /></button>
      </header>
      ${typeof children === 'function' ? children(close) : children}
    </dialog>`;
}
