import { html } from '../html.js';
import { Sent } from '../../attachments/parts.js';
import { t } from '../../language/translate.js';
import { usePage } from '../page-context.js';
import { CopyButton } from '../copy-button.js';
import { Icon } from '../icon.js';
import { later, partOf } from '../later.js';
import { MenuButton } from '../menu-button.js';
import { Versions } from './versions.js';

const chatActions = () => import('../../chat-actions/parts.js');
const PromptEditor = later(partOf(chatActions, 'PromptEditor'));
const MessageMenu = later(partOf(chatActions, 'MessageMenu'));

export function Prompt({ message }) {
  const { conversation, promptEdits } = usePage();
  const editing = promptEdits.of(message.id) !== undefined;
  const close = () => {
    promptEdits.close(message.id);
    document.getElementById('message').focus();
  };
  return html`
    <article class="message prompt ${editing ? 'editing' : ''}" aria-label=${t('You')}
      data-id=${message.id}>
      ${editing ? html`<${PromptEditor} message=${message} onClose=${close} />` : html`<p
        class="prompt-text" dir="auto">${message.content}</p>`}
      ${message.attachments && html`<${Sent} files=${message.attachments} />`}
      ${!editing && html`
        <div class="message-actions">
          <${Versions} message=${message} />
          <${CopyButton} text=${message.content} label=${t('Copy prompt')} />
          <button class="icon-button" aria-label=${t('Edit')} title=${t('Edit')}
            disabled=${conversation.busy}
            onClick=${() => promptEdits.type(message.id, message.content)}>
            <${Icon} name="edit" /></button>
          <${MenuButton} menu=${MessageMenu} message=${message}
            label=${t('More for this message')} title=${t('More')} />
        </div>`}
    </article>`;
}

const retrying = () =>
  navigator.onLine
    ? t('The server does not answer. Trying again…')
    : t('You are offline. It is sent when the connection is back.');

export const OutgoingPrompt = ({ outgoing }) => html`
  <article class="message prompt" aria-label=${t('You')}>
    <p class="prompt-text" dir="auto">${outgoing.prompt}</p>
    ${outgoing.files.length > 0 && html`<${Sent} files=${outgoing.files} />`}
    <p class="sending" role="status">
      ${outgoing.retrying ? retrying() : t('Sending…')}
    </p>
  </article>`;
