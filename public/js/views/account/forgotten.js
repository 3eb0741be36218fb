import { html } from '../html.js';
import { t } from '../../language/translate.js';
import { at } from '../../shell/address.js';
import { forgotPassword } from '../../api.js';
import { useEntrance } from './entrance.js';
import { Field } from './field.js';
import { Form, useForm } from './form.js';
import { Frame } from './frame.js';

export function Forgotten() {
  const entrance = useEntrance();
  const form = useForm(({ email }) => forgotPassword(email));
  return html`
    <${Frame} title=${t('Forgotten password')}>
      <section class="card">
        ${entrance.mail === false && html`
          <p>${t('This server sends no mail. Its administrator can give you a link: {command}.', {
            command: html`<code>runnel user reset-password</code>`,
          })}</p>`}
        ${entrance.mail && (form.done
          ? html`<p class="done" role="status">
            ${t('If there is an account with that address, a mail is on its way.')}</p>`
          : html`
            <${Form} form=${form} button=${t('Send me a link')}>
              <${Field} form=${form} label=${t('E-mail')} name="email" type="email"
                autocomplete="username" required autofocus />
            <//>`)}
      </section>
      <p class="aside"><a href=${at('/login')}>${t('Back to the login')}</a></p>
    <//>`;
}
