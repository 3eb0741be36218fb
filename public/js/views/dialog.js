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
  // Not every browser has closedby, and the dialog is also the target in its own edges.
  const clicked = ({ target, clientX, clientY }) =>
    target === dialog.current && isBeside(target, clientX, clientY) && close();
  return html`
    <dialog class="dialog ${wide ? 'wide' : ''}" ref=${dialog} aria-labelledby=${id}
      onClose=${onClose} onClick=${others.closedby === 'any' && clicked} ...${others}>
      <header class="dialog-head">
        <h2 id=${id}>${title}</h2>
        <button class="icon-button" aria-label=${t('Close')} onClick=${close}>
          <${Icon} name="close" /></button>
      </header>
      ${typeof children === 'function' ? children(close) : children}
    </dialog>`;
}

function isBeside(element, x, y) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return x < left || x > right || y < top || y > bottom;
}
