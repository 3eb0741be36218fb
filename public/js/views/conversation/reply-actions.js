import { html } from '../html.js';
import { useComputed } from '@preact/signals';
import { t } from '../../language/translate.js';
import { canContinue } from '../../reading/reply.js';
import { usePage } from '../page-context.js';
import { CopyButton } from '../copy-button.js';
import { Icon } from '../icon.js';
import { later, partOf } from '../later.js';
import { MenuButton } from '../menu-button.js';
import { Facts } from './facts.js';
import { Versions } from './versions.js';

const MessageMenu = later(partOf(() => import('../../chat-actions/parts.js'), 'MessageMenu'));

export function ReplyActions({ reply }) {
  const { conversation } = usePage();
  const { busy, thread } = conversation;
  const isLast = useComputed(() => thread.path.value.at(-1)?.peek().id === reply.id).value;
  return html`
    <div class="message-actions">
      ${isLast && canContinue(reply) && html`
        <button class="button small" disabled=${busy} onClick=${() => conversation.continue(reply)}>
          <${Icon} name="continue" />${t('Continue')}</button>`}
      <${Versions} message=${reply} />
      <${CopyButton} text=${reply.content} label=${t('Copy')} />
      <button class="icon-button" aria-label=${t('Regenerate')} title=${t('Regenerate')}
        disabled=${busy} onClick=${() => conversation.regenerate(reply)}
        ><${Icon} name="regenerate" /></button>
      <${MenuButton} menu=${MessageMenu} message=${reply}
        label=${t('More for this message')} title=${t('More')} />
      <${Facts} reply=${reply} />
    </div>`;
}
