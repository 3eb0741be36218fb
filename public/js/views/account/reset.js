import { html } from '../html.js';
import { useState } from 'preact/hooks';
import { t } from '../../language/translate.js';
import { at } from '../../shell/address.js';
import { resetPassword } from '../../api.js';
import { ticketOf } from './entrance.js';
import { Field } from './field.js';
import { Form, useForm } from './form.js';
import { Frame } from './frame.js';

export function Reset() {
  const [ticket] = useState(() => ticketOf(location));
  const form = useForm(({ password }) => resetPassword(ticket, password));
  const stale = form.wrongWith('token');
  return html`
    <${Frame} title=${t('New password')}>
      <section class="card">
        ${stale && html`<p class="problem" role="alert">${
          t('This link does not work any more. Ask for a new one.')}</p>`}
        ${form.done
          ? html`<p class="done" role="status">${t('Your password is changed.')}${' '}
              <a href=${at('/login')}>${t('Log in')}</a></p>`
          : html`
            <${Form} form=${form} button=${t('Change the password')}>
              <${Field} form=${form} label=${t('New password')} name="password" type="password"
                autocomplete="new-password" minlength="10" required autofocus
                hint=${t('At least ten characters. All sessions and tokens end.')} />
            <//>`}
      </section>
    <//>`;
}
