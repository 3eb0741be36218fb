import { html } from '../views/html.js';
import { useState } from 'preact/hooks';
import { t } from '../language/translate.js';
import { usePage } from '../views/page-context.js';
import { modelItems, pinned, togglePinned } from './model-items.js';
import { Picker } from './picker.js';

/** The models under their servers, the pinned ones first. `onPick` gets the id of one. */
export function ModelPicker({ title = t('Model'), onPick, onClose }) {
  const page = usePage();
  const [text, setText] = useState('');
  const items = modelItems(page, text.trim(), onPick);
  const isPinned = ({ model }) => pinned.value.includes(model);
  const groups = [
    { heading: t('Pinned'), items: items.filter(isPinned) },
    ...page.models.providers.value.map((provider) =>
      groupOf(provider, items.filter((item) => item.provider === provider.id && !isPinned(item)))),
  ];
  return html`
    <${Picker} label=${title} text=${text} onType=${setText} groups=${groups} onClose=${onClose}
      empty=${html`<p>${t('No model matches.')}</p>`}>
      ${(active) => active && html`<${Pin} model=${active.model} on=${isPinned(active)} />`}
    <//>`;
}

function groupOf({ id, name, state, detail }, items) {
  const word = detail ?? (state === 'pending' ? t('Being asked for its models') : null);
  const heading = state === 'unavailable' ? t('{name} (not available)', { name }) : name;
  const told = word ? [{ id: `word-${id}`, text: word, icon: 'warning', disabled: true }] : [];
  return { heading, items: [...items, ...told] };
}

const Pin = ({ model, on }) => html`
  <div class="picker-foot">
    <button class="button small" onClick=${() => togglePinned(model)}>
      ${on ? t('Unpin {model}', { model }) : t('Pin {model}', { model })}</button>
  </div>`;
