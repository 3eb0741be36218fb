import { html } from '../html.js';
import { useState } from 'preact/hooks';
import { errorText } from '../../shell/error-text.js';

/**
 * A form that sends its fields as an object, once at a time, and keeps what the server says to
 * them.
 */
export function useForm(send) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const [done, setDone] = useState(false);
  const onSubmit = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    setError(null);
    setDone(false);
    try {
      await send(Object.fromEntries(new FormData(form)), form);
      setDone(true);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const wrongWith = (name) => error?.errors?.find(({ field }) => field === name)?.message;
  return { busy, error, done, onSubmit, wrongWith };
}

export const Form = ({ form, button, kind = 'primary whole', children }) => html`
  <form onSubmit=${form.onSubmit}>
    ${children}
    ${form.error && !form.error.errors && html`
      <p class="problem" role="alert">${errorText(form.error)}</p>`}
    <button class="button ${kind}" disabled=${form.busy}>${button}</button>
  </form>`;
