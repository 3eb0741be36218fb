import { html } from '../html.js';
import { useId } from 'preact/hooks';
import { wrongField } from '../../shell/error-text.js';

/** A labelled input; `form` tells what the server found wrong with it. */
export function Field({ form, label, name, hint, ...input }) {
  const wrong = form.wrongWith(name);
  const note = useId();
  return html`
    <label class="field">
      <span>${label}</span>
      <input name=${name} aria-invalid=${Boolean(wrong)}
        aria-describedby=${wrong || hint ? note : undefined} ...${input} />
      ${wrong ? html`<span class="wrong" id=${note}>${wrongField(label, wrong)}
        </span>` : hint && html`<small id=${note}>${hint}</small>`}
    </label>`;
}
