import { html } from '../views/html.js';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../language/translate.js';
import { errorText, wrongField } from '../shell/error-text.js';
import { keyboard } from '../shell/keyboard.js';

/** A dialog with a heading; Escape closes it, and the focus goes back to where it was. */
export function Modal({ title, onClose, children }) {
  const dialog = useRef();
  useEffect(() => {
    dialog.current.showModal();
    const first = dialog.current.querySelector('form :is(textarea, input, select)');
    if (keyboard.matches) first?.focus();
  }, []);
  return html`
    <dialog class="dialog wide" ref=${dialog} onClose=${onClose} aria-labelledby="modal-title">
      <div class="modal-head">
        <h2 id="modal-title">${title}</h2>
        <button class="button small" onClick=${() => dialog.current.close()}>${t('Close')}</button>
      </div>
      ${children}
    </dialog>`;
}

/** A form that says what the server has against it; `act` gets its fields. */
export function Form({ label, act, children }) {
  const [wrong, setWrong] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    setWrong(null);
    try {
      await act(new FormData(event.target));
    } catch (error) {
      setWrong(wordsOf(error));
    }
  };
  return html`
    <form class="modal-form" aria-label=${label} onSubmit=${submit}>
      ${children}
      ${wrong && html`<p class="modal-wrong" role="alert">${wrong}</p>`}
    </form>`;
}

const wordsOf = (error) =>
  error.errors?.map(({ field, message }) => wrongField(field, message)) ?? errorText(error);
