import { html } from '../html.js';
import { t } from '../../language/translate.js';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';

/** The model that answers next, and the way to another one. */
export function ModelChoice() {
  const { models, conversation, overlay } = usePage();
  const others = models.others.value.length;
  const current = models.of(conversation.chat.value);
  if (models.list.value.length < 2 && models.providers.value.length < 2) {
    return html`<span class="model-choice only">${current}</span>`;
  }
  return html`
    <button class="model-choice" type="button" aria-haspopup="dialog" title=${t('Choose a model')}
      aria-label=${t('Model: {name}', { name: current })}
      onClick=${() => (overlay.value = { name: 'models' })}>
      <span>${current}${others > 0 && ` + ${others}`}</span><${Icon} name="open" /></button>`;
}
