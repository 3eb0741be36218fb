import { html } from '../html.js';
import { usePage } from '../page-context.js';

export function ModelChoice() {
  const { models, conversation } = usePage();
  const list = models.list.value;
  const current = models.of(conversation.chat.value);
  if (list.length < 2) return html`<span class="model-choice only">${current}</span>`;
  return html`
    <select class="model-choice" aria-label="Model" value=${current}
      onChange=${({ target }) => conversation.useModel(target.value)}>
      ${list.map((id) => html`<option key=${id} value=${id} selected=${id === current}>${id}
        </option>`)}
    </select>`;
}
