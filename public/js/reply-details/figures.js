import { t } from '../language/translate.js';
import { html } from '../views/html.js';
import { useLayoutEffect } from 'preact/hooks';
import { usePage } from '../views/page-context.js';
import { Icon } from '../views/icon.js';
import { rowsOf } from './rows.js';

/** What is known of a reply, and another model for it. */
export function Figures({ reply, onShown, onClose }) {
  const { conversation, models, overlay } = usePage();
  useLayoutEffect(onShown, []);
  const again = () => {
    onClose();
    const onPick = (model) => conversation.regenerate(reply, model);
    overlay.value = { name: 'models', title: t('Regenerate with'), onPick };
  };
  const { context_length: context, prices } = models.named(reply.model) ?? {};
  const rows = rowsOf({ reply, times: conversation.times.of(reply.id), context, prices });
  return html`
    <dl>${rows.map(([name, value]) => html`
      <div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${models.list.value.length > 1 && html`
      <button class="menu-item" disabled=${conversation.busy} onClick=${again}>
        <${Icon} name="regenerate" />${t('Regenerate with another model…')}</button>`}`;
}
