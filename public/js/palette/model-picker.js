import { html } from '../views/html.js';
import { useState } from 'preact/hooks';
import { t } from '../language/translate.js';
import { usePage } from '../views/page-context.js';
import { modelItems, pinned, togglePinned } from './model-items.js';
import { Picker } from './picker.js';

/** How many answer beside the one that is in use, at most. */
const most = 3;

function togglesBeside(item, { models, conversation }) {
  const { others } = models;
  const isUsed = item.model === models.of(conversation.chat.value);
  const rest = others.value.filter((each) => each !== item.model);
  const isOn = rest.length < others.value.length;
  const act = () => (others.value = isOn ? rest : [...rest, item.model]);
  return { ...item, act, stays: true, disabled: isUsed || (!isOn && rest.length >= most) };
}

/**
 * The models under their servers, the pinned ones first. The one that is picked is given to
 * `onPick`, or answers the prompt of the reply `beside`, or all prompts from now on.
 */
export function ModelPicker({ title = t('Model'), beside, onPick: given, onClose }) {
  const page = usePage();
  const answer = (model) => page.conversation.regenerate(beside, model, { beside: true });
  const onPick = beside ? answer : given;
  const [text, setText] = useState('');
  const [several, setSeveral] = useState(page.models.others?.value.length > 0);
  const items = modelItems(page, text.trim(), onPick)
    .map((item) => (several && !onPick ? togglesBeside(item, page) : item));
  const isPinned = ({ model }) => pinned.value.includes(model);
  const groups = [
    { heading: t('Pinned'), items: items.filter(isPinned) },
    ...page.models.providers.value.map((provider) =>
      groupOf(provider, items.filter((item) => item.provider === provider.id && !isPinned(item)))),
  ];
  return html`
    <${Picker} label=${title} text=${text} onType=${setText} groups=${groups} onClose=${onClose}
      empty=${html`<p>${t('No model matches.')}</p>`}>
      ${(active) => active && html`
        <div class="picker-foot">
          <${Pin} model=${active.model} on=${isPinned(active)} />
          ${!onPick && html`
            <button class="button small" aria-pressed=${String(several)}
              title=${t('Pick models that answer the next prompt beside the one in use')}
              onClick=${() => setSeveral(!several)}>${t('Ask several')}</button>`}
        </div>`}
    <//>`;
}

function groupOf({ id, name, state, detail }, items) {
  const word = detail ?? (state === 'pending' ? t('Being asked for its models') : null);
  const heading = state === 'unavailable' ? t('{name} (not available)', { name }) : name;
  const told = word ? [{ id: `word-${id}`, text: word, icon: 'warning', disabled: true }] : [];
  return { heading, items: [...items, ...told] };
}

const Pin = ({ model, on }) => html`
  <button class="button small" onClick=${() => togglePinned(model)}>
    ${on ? t('Unpin {model}', { model }) : t('Pin {model}', { model })}</button>`;
