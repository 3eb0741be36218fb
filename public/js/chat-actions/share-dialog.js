import { useEffect, useState } from 'preact/hooks';
import * as api from '../api.js';
import { t } from '../language/translate.js';
import { errorText } from '../shell/error-text.js';
import { CopyButton } from '../views/copy-button.js';
import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { Links, until } from './links.js';
import { Dialog } from '../views/dialog.js';

const day = 86_400_000;
const times = [
  [1, t('a day')], [7, t('a week')], [30, t('30 days')], [365, t('a year')],
  ['', t('without end')],
];

export function ShareDialog({ chat, onClose }) {
  const { conversation } = usePage();
  const [links, setLinks] = useState(null);
  const [made, setMade] = useState(null);
  const [error, setError] = useState(null);
  const look = () => api.readShares().then(setLinks, setError);
  useEffect(() => void look(), []);
  const make = (days) => {
    const expires = days ? Date.now() + days * day : null;
    const shown = conversation.isOpen(chat.id) ? conversation.thread.last?.id : undefined;
    const share = { expires, ...(shown && { message: shown }) };
    return api.shareChat(chat.id, share).then((link) => {
      setMade(link);
      look();
    }, setError);
  };
  const ended = () => {
    setMade(null);
    look();
  };
  const title = t('Share “{title}”', { title: chat.title || t('Untitled') });
  return html`
    <${Dialog} title=${title} wide onClose=${onClose}>
      <p>${t('Whoever has the link reads this chat up to the message that is last now, and need '
        + 'not log in. A reply that still runs is shown as it comes. What you write or change '
        + 'later is not shown.')}</p>
      ${links?.sharing === false && html`<p role="alert">${t('Links are off on this server.')}</p>`}
      ${links?.sharing && html`<${Make} links=${links} chat=${chat} made=${made} make=${make} />`}
      ${error && html`<p role="alert">${errorText(error)}</p>`}
      ${links?.shares.length > 0 && html`
        <h3>${t('Your links')}</h3>
        <${Links} shares=${links.shares} onEnded=${ended} onFailed=${setError} />`}
    <//>`;
}

function Make({ links, chat, made, make }) {
  const [days, setDays] = useState('30');
  const known = links.shares.find((share) => share.chat === chat.id);
  return html`
    <p class="form-line">
      <label>${t('The link works for')} <select value=${days}
        onChange=${({ target }) => setDays(target.value)}>
        ${times.map(([value, text]) => html`<option key=${text} value=${value}>${text}</option>`)}
      </select></label>
      <button class="button primary" onClick=${() => make(Number(days))}>
        ${known ? t('Make a new link') : t('Make a link')}</button>
    </p>
    ${known && !made && html`
      <p>${t('This chat has a link already. A new one takes its place.')} ${until(known)}.</p>`}
    ${made && html`
      <p class="form-line" role="status">
        <input class="link" aria-label=${t('The link')} readonly value=${made.url}
          onFocus=${({ target }) => target.select()} />
        <${CopyButton} text=${made.url} label=${t('Copy the link')} />
      </p>
      <p>${t('Copy it now: it is not shown again.')}</p>`}`;
}
