import { html } from '../html.js';
import { useState } from 'preact/hooks';
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
    <${Frame} title="New password">
      <section class="card">
        ${stale && html`<p class="problem" role="alert">This link ${stale}.</p>`}
        ${form.done
          ? html`<p class="done" role="status">Your password is changed.${' '}
              <a href=${at('/login')}>Log in</a></p>`
          : html`
            <${Form} form=${form} button="Change the password">
              <${Field} form=${form} label="New password" name="password" type="password"
                autocomplete="new-password" minlength="10" required autofocus
                hint="At least ten characters. All sessions and tokens end." />
            <//>`}
      </section>
    <//>`;
}
