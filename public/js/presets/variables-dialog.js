import { html } from '../views/html.js';
import { t } from '../language/translate.js';
import { usePage } from '../views/page-context.js';
import { insert } from './apply.js';
import { Field } from './fields.js';
import { Form } from './form.js';
import { Dialog } from '../views/dialog.js';
import { filledIn, variablesIn } from './variables.js';

/** Asks for the variables of a prompt, and puts it into the box. */
export function VariablesDialog({ prompt, onClose }) {
  const page = usePage();
  const variables = variablesIn(prompt);
  const fill = (form) => {
    const value = ({ type }, place) =>
      type === 'checkbox' ? (form.has(`v${place}`) ? 'yes' : 'no') : form.get(`v${place}`);
    const values = variables.map((variable, place) => [variable.name, value(variable, place)]);
    onClose();
    insert(page, filledIn(prompt, new Map(values)));
  };
  // Their names are what somebody wrote, so that no field is called by them.
  return html`
    <${Dialog} wide title=${t('Fill in')} onClose=${onClose}>
      <${Form} label=${t('Fill in')} act=${fill}>
        ${variables.map((variable, place) => html`
          <${Field} key=${place} label=${variable.name}>${(id) => html`
            <${Input} id=${id} name=${`v${place}`} variable=${variable} />`}<//>`)}
        <div class="dialog-actions">
          <button class="button primary">${t('Insert')}</button>
        </div>
      <//>
    <//>`;
}

function Input({ id, name, variable: { type, options, initial } }) {
  if (type === 'select') return html`
    <select id=${id} name=${name}>${options.map((option) => html`
      <option key=${option} selected=${option === initial}>${option}</option>`)}</select>`;
  if (type === 'checkbox') return html`
    <input id=${id} name=${name} type="checkbox" checked=${initial === 'yes'} />`;
  if (type === 'text') return html`
    <textarea id=${id} name=${name} rows="1" defaultValue=${initial}></textarea>`;
  return html`
    <input id=${id} name=${name} type=${type} step="any" defaultValue=${initial} />`;
}
