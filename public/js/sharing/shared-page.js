import { useEffect } from 'preact/hooks';
import { Sent } from '../attachments/parts.js';
import { html } from '../views/html.js';
import { timeText } from '../language/times.js';
import { t } from '../language/translate.js';
import { Brand } from '../views/brand.js';
import { CopyButton } from '../views/copy-button.js';
import { Notices } from '../views/notices.js';
import { PageContext, usePage } from '../views/page-context.js';
import { Reply } from '../views/conversation/reply.js';

const near = 120;

export function SharedPage({ page }) {
  const { chat } = page;
  useEffect(() => followEnd(chat), []);
  return html`
    <${PageContext.Provider} value=${page}>
      <main class="shared">
        <header class="shared-head"><${Brand} /><span>${t('Shared chat, read only')}</span></header>
        <${Content} chat=${chat} copy=${page.copy} />
        <div class="alerts"><${Notices} /></div>
      </main>
    <//>`;
}

function Content({ chat, copy }) {
  switch (chat.state.value) {
    case 'loading':
      return html`<p class="shared-word" role="status">${t('Loading the chat…')}</p>`;
    case 'missing':
      return html`
        <h1>${t('Nothing is shared here')}</h1>
        <p class="shared-word">${t('The link is wrong, has expired, or was taken back.')}</p>`;
    case 'failed':
      return html`
        <p class="shared-word" role="alert">${t('The chat could not be loaded.')}</p>
        <button class="button" onClick=${() => chat.load()}>${t('Try again')}</button>`;
    default:
      return html`<${Shown} chat=${chat} copy=${copy} />`;
  }
}

const Shown = ({ chat, copy }) => html`
  <h1 dir="auto">${chat.title.value || t('Untitled')}</h1>
  <div class="messages">
    ${chat.messages.value.map((message) => html`
      <${Message} key=${message.peek().id} message=${message} />`)}
  </div>
  <footer class="shared-foot">
    <button class="button primary" disabled=${chat.isRunning} onClick=${copy}>
      ${t('Continue as my own copy')}</button>
    ${chat.expires.value && html`<p>${
      t('The link works until {time}.', { time: timeText(chat.expires.value) })}</p>`}
  </footer>`;

function Message({ message }) {
  const { role, content, attachments } = message.value;
  const { api } = usePage();
  return role === 'user'
    ? html`
      <article class="message prompt" aria-label=${t('You')}>
        <p class="prompt-text" dir="auto">${content}</p>
        ${attachments && html`<${Sent} files=${attachments} api=${api} />`}
      </article>`
    : html`<${Reply} reply=${message.value} actions=${Actions} />`;
}

const Actions = ({ reply: { content, model } }) => html`
  <div class="message-actions">
    <${CopyButton} text=${content} label=${t('Copy')} />
    <span class="facts">${model}</span>
  </div>`;

/** Whoever reads at the end goes on reading there while it grows. */
function followEnd(chat) {
  const root = document.documentElement;
  let atEnd = false;
  const look = () => {
    atEnd = root.scrollHeight - scrollY - innerHeight < near;
  };
  const growth = new ResizeObserver(() => {
    if (atEnd && chat.isRunning) scrollTo(0, root.scrollHeight);
  });
  addEventListener('scroll', look, { passive: true });
  growth.observe(document.body);
  return () => growth.disconnect();
}
