import { html } from '../html.js';
import { useEffect } from 'preact/hooks';
import { t } from '../../language/translate.js';
import { at } from '../../shell/address.js';
import { logIn } from '../../api.js';
import { enter, useEntrance } from './entrance.js';
import { Field } from './field.js';
import { Form, useForm } from './form.js';
import { Frame } from './frame.js';

export function Login() {
  const entrance = useEntrance();
  const nobodyYet = entrance.first && entrance.registration === 'open';
  useEffect(() => {
    if (nobodyYet) location.replace(at(`/register${location.hash}`));
  }, [nobodyYet]);
  const form = useForm(async ({ email, password, remember }) => {
    await logIn({ email, password, remember: remember === 'on' });
    await enter();
  });
  return html`
    <${Frame} title=${t('Log in')}>
      <section class="card">
        <${Form} form=${form} button=${t('Log in')}>
          <${Field} form=${form} label=${t('E-mail')} name="email" type="email"
            autocomplete="username" required autofocus />
          <${Field} form=${form} label=${t('Password')} name="password" type="password"
            autocomplete="current-password" required />
          <label class="tick"><input type="checkbox" name="remember" />${t('Remember me')}</label>
        <//>
        <p><a href=${at('/forgotten')}>${t('Forgotten password?')}</a></p>
      </section>
      ${entrance.registration === 'open' && html`
        <p class="aside">${t('No account yet?')}${' '}
          <a href=${at('/register') + location.hash}>${t('Register')}</a></p>`}
    <//>`;
}
