import { html } from '../html.js';
import { t } from '../../language/translate.js';
import { at } from '../../shell/address.js';
import { register } from '../../api.js';
import { enter, useEntrance } from './entrance.js';
import { Field } from './field.js';
import { Form, useForm } from './form.js';
import { Frame } from './frame.js';

export function Register() {
  const entrance = useEntrance();
  const form = useForm(async (person) => {
    const { verified } = await register(person);
    if (entrance.verification && !verified) location.assign(at('/verify'));
    else await enter();
  });
  if (entrance.registration === 'closed') return html`
    <${Frame} title=${t('Register')}>
      <p>${t('Ask the administrator of this server for an account.')}</p><//>`;
  return html`
    <${Frame} title=${t('Register')}>
      ${entrance.first && html`
        <p class="aside">${t('This is the first account: it will be the administrator’s.')}</p>`}
      <section class="card">
        <${Form} form=${form} button=${t('Register')}>
          <${Field} form=${form} label=${t('Name')} name="name" autocomplete="name" maxlength="100"
            required autofocus />
          <${Field} form=${form} label=${t('E-mail')} name="email" type="email"
            autocomplete="username" required />
          <${Field} form=${form} label=${t('Password')} name="password" type="password"
            autocomplete="new-password" minlength="10" required
            hint=${t('At least ten characters. A few unusual words are better than signs.')} />
          ${entrance.token && html`
            <${Field} form=${form} label=${t('One-time token')} name="token" autocomplete="off"
              required hint=${t('The server printed it when it started.')} />`}
        <//>
      </section>
      ${!entrance.first && html`
        <p class="aside">${t('Have an account?')}${' '}
          <a href=${at('/login') + location.hash}>${t('Log in')}</a></p>`}
    <//>`;
}
