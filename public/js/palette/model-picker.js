import { html } from '../views/html.js';
import { useState } from 'preact/hooks';
import { usePage } from '../views/page-context.js';
import { modelItems, pinned, togglePinned } from './model-items.js';
import { Picker } from './picker.js';

/** How many answer beside the one that is in use, at most. */
const most = 3;

/** The models under their servers, the pinned ones first. `onPick` gets the id of one. */
export function ModelPicker({ title = 'Model', onPick, onClose }) {
  const page = usePage();
  const [text, setText] = useState('');
  const items = modelItems(page, text.trim(), onPick);
  const isPinned = ({ model }) => pinned.value.includes(model);
  const groups = [
    { heading: 'Pinned', items: items.filter(isPinned) },
    ...page.models.providers.value.map((provider) =>
      groupOf(provider, items.filter((item) => item.provider === provider.id && !isPinned(item)))),
  ];
  return html`
    <${Picker} label=${title} text=${text} onType=${setText} groups=${groups} onClose=${onClose}
      empty=${html`<p>No model matches.</p>`}>
      ${(active) => active && html`
        <div class="picker-foot">
          <${Pin} model=${active.model} on=${isPinned(active)} />
          ${!onPick && html`<${Too} model=${active.model} />`}
        </div>`}
    <//>`;
}

function groupOf({ id, name, state, detail }, items) {
  const word = detail ?? (state === 'pending' ? 'Being asked for its models' : null);
  const heading = state === 'unavailable' ? `${name} (not available)` : name;
  const told = word ? [{ id: `word-${id}`, text: word, icon: 'warning', disabled: true }] : [];
  return { heading, items: [...items, ...told] };
}

const Pin = ({ model, on }) => html`
  <button class="button small" onClick=${() => togglePinned(model)}>
    ${on ? 'Unpin' : 'Pin'} ${model}</button>`;

/** Lets a model answer the next prompt beside the one that is in use. */
function Too({ model }) {
  const { conversation: { chat }, models } = usePage();
  const { others } = models;
  if (model === models.of(chat.value)) return null;
  const rest = others.value.filter((each) => each !== model);
  const on = rest.length < others.value.length;
  return html`
    <button class="button small" aria-pressed=${String(on)} disabled=${!on && rest.length >= most}
      onClick=${() => (others.value = on ? rest : [...rest, model])}>
      ${on ? 'Not beside' : 'Ask beside'}</button>`;
}
