import { html } from '../views/html.js';
import { useState } from 'preact/hooks';
import { errorText, wrongField } from '../shell/error-text.js';

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

/** Each in a line of its own. */
const wordsOf = (error) => error.errors?.map(({ field, message }) => html`
  <span key=${field}>${wrongField(field, message)}<br /></span>`) ?? errorText(error);
