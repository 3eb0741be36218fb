import { html } from '../html.js';
import { usePage } from '../page-context.js';

function Options({ list, current }) {
  return list.map(({ id }) => html`
    <option key=${id} value=${id} selected=${id === current}>${id}</option>`);
}

function Group({ provider, list, current }) {
  const { name, state, detail } = provider;
  const label = state === 'unavailable' ? `${name} (not available)` : name;
  const word = detail ?? (state === 'pending' ? 'Being asked for its models' : null);
  return html`
    <optgroup label=${label}>
      <${Options} list=${list} current=${current} />
      ${word && html`<option disabled>${word}</option>`}
    </optgroup>`;
}

export function ModelChoice() {
  const { models, conversation } = usePage();
  const list = models.list.value;
  const providers = models.providers.value;
  const current = models.of(conversation.chat.value);
  if (list.length < 2 && providers.length < 2) {
    return html`<span class="model-choice only">${current}</span>`;
  }
  return html`
    <select class="model-choice" aria-label="Model" value=${current}
      onChange=${({ target }) => conversation.useModel(target.value)}>
      ${providers.length < 2 ? html`<${Options} list=${list} current=${current} />`
    : providers.map((provider) => html`
        <${Group} key=${provider.id} provider=${provider} current=${current}
          list=${list.filter((each) => each.provider === provider.id)} />`)}
    </select>`;
}
