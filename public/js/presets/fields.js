import { html } from '../views/html.js';
import { useId, useState } from 'preact/hooks';
import { t } from '../language/translate.js';

const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

export function Field({ label, hint, children }) {
  const id = useId();
  return html`
    <div class="modal-field">
      <label for=${id}>${label}</label>
      ${children(id)}
      ${hint && html`<p class="modal-hint">${hint}</p>`}
    </div>`;
}

/** How a model writes: of the chat, or of a preset. */
export function Parameters({ values }) {
  return html`
    <${SystemPrompt} value=${values.system} />
    <div class="modal-row">
      <${Field} label=${t('Temperature')}>${(id) => html`
        <input id=${id} name="temperature" type="number" min="0" max="2" step="any"
          placeholder=${t('the model’s')} defaultValue=${values.temperature ?? ''} />`}<//>
      <${Field} label=${t('Longest reply, in tokens')}>${(id) => html`
        <input id=${id} name="max_tokens" type="number" min="1" max="2147483647" step="1"
          placeholder=${t('no limit')} defaultValue=${values.max_tokens ?? ''} />`}<//>
      <${Field} label=${t('Reasoning effort')}>${(id) => html`
        <select id=${id} name="reasoning_effort">
          <option value="">${t('the model’s')}</option>
          ${efforts.map((each) => html`
            <option key=${each} selected=${each === values.reasoning_effort}>${each}</option>`)}
        </select>`}<//>
    </div>
    <p class="modal-hint">${t('What a model does not know is left out.')}</p>`;
}

function SystemPrompt({ value }) {
  const [none, setNone] = useState(value === '');
  return html`
    <${Field} label=${t('System prompt')}>${(id) => html`
      <textarea id=${id} name="system" rows="5" maxlength="100000" disabled=${none}
        placeholder=${none ? t('None is sent') : t('The server’s own')}
        defaultValue=${value ?? ''}></textarea>`}<//>
    <label class="modal-check">
      <input type="checkbox" name="no-system" checked=${none}
        onChange=${({ target }) => setNone(target.checked)} />${t('No system prompt')}</label>`;
}

/** What a form with these fields says; null is for what it leaves open. */
export function parametersIn(form) {
  const number = (name) => (form.get(name) ? Number(form.get(name)) : null);
  return {
    system: form.has('no-system') ? '' : form.get('system').trim() || null,
    temperature: number('temperature'),
    max_tokens: number('max_tokens'),
    reasoning_effort: form.get('reasoning_effort') || null,
  };
}
