import { html } from '../html.js';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../language/translate.js';
import { at } from '../../shell/address.js';
import { sendVerification, verifyEmail } from '../../api.js';
import { ticketOf } from './entrance.js';
import { Form, useForm } from './form.js';
import { Frame } from './frame.js';

export function Verify() {
  const [ticket] = useState(() => ticketOf(location));
  const [state, setState] = useState(ticket ? 'asking' : 'waiting');
  const again = useForm(() => sendVerification());
  useEffect(() => {
    if (ticket) verifyEmail(ticket).then(() => setState('good'), () => setState('stale'));
  }, []);
  return html`
    <${Frame} title=${t('Your address')}>
      <section class="card" role="status">
        ${state === 'good' && html`
          <p class="done">${t('Your address is verified.')}${' '}
            <a href=${at('/')}>${t('Start to chat')}</a></p>`}
        ${state === 'stale' && html`
          <p class="problem">${t('This link does not work any more.')}</p>`}
        ${state === 'waiting' && html`
          <p>${t('A mail with a link is on its way to you. Open the link to go on.')}</p>`}
        ${again.done && html`<p class="done">${t('Another mail is on its way.')}</p>`}
        ${state !== 'good' && html`
          <${Form} form=${again} button=${t('Send the mail again')} kind=""><//>`}
      </section>
    <//>`;
}
