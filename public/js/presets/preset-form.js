import { html } from '../views/html.js';
import { t } from '../language/translate.js';
import { usePage } from '../views/page-context.js';
import { Field, Parameters, parametersIn } from './fields.js';
import { Form } from './form.js';

export function PresetForm({ preset, onDone, onCancel }) {
  const { models, call } = usePage();
  const save = async (form) => {
    const written = {
      name: form.get('name').trim(),
      model: form.get('model').trim() || null,
      ...parametersIn(form),
      prompt: form.get('prompt').trim() || null,
    };
    if (preset.id) {
      await call('PATCH', `/api/presets/${preset.id}`, { body: changed(preset, written) });
    } else {
      await call('POST', '/api/presets', { body: written });
    }
    await onDone();
  };
  return html`
    <${Form} label=${t('Preset')} act=${save}>
      <${Field} label=${t('Name')}>${(id) => html`
        <input id=${id} name="name" required maxlength="100" dir="auto"
          defaultValue=${preset.name ?? ''} />`}<//>
      <${Field} label=${t('Prompt')} hint=${hint}>${(id) => html`
        <textarea id=${id} name="prompt" rows="4" maxlength="100000"
          defaultValue=${preset.prompt ?? ''}></textarea>`}<//>
      <${Field} label=${t('Model')}>${(id) => html`
        <input id=${id} name="model" list="preset-models" maxlength="200"
          placeholder=${t('the chat’s')} defaultValue=${preset.model ?? ''} />
        <datalist id="preset-models">${models.list.value.map((model) => html`
          <option key=${model.id} value=${model.id} />`)}</datalist>`}<//>
      <${Parameters} values=${preset} />
      <div class="dialog-actions">
        <button class="button" type="button" onClick=${onCancel}>${t('Cancel')}</button>
        <button class="button primary">${t('Save preset')}</button>
      </div>
    <//>`;
}

const hint = t('It comes into the box. {{name}} is asked for when it is used, and so are '
  + '{{count | number:3}}, {{day | date:today}}, {{tone | select:warm,dry}} and '
  + '{{brief | checkbox:yes}}.');

/** Only what was changed is sent, so that what was changed elsewhere meanwhile stays. */
const changed = (preset, written) =>
  Object.fromEntries(Object.entries(written).filter(([name, value]) => preset[name] !== value));
