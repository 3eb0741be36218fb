import { useEffect, useId, useRef } from 'preact/hooks';
import { html } from '../views/html.js';

/** `children` gets the function that closes it. */
export function Modal({ title, onClose, wide, children }) {
  const dialog = useRef();
  const id = useId();
  useEffect(() => dialog.current.showModal(), []);
  return html`
    <dialog class="dialog ${wide ? 'wide' : ''}" ref=${dialog} onClose=${onClose}
      aria-labelledby=${id}>
      <h2 id=${id}>${title}</h2>
      ${children(() => dialog.current.close())}
    </dialog>`;
}
