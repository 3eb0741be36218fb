import { html } from '../html.js';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../language/translate.js';
import { at } from '../../shell/address.js';
import { changeMe, changePassword, logOut, readMe } from '../../api.js';
import { forgetRead } from '../../offline/forget.js';
import { forgetDrafts } from '../../sending/draft-owner.js';
import { DeleteAccount } from './delete-account.js';
import { Field } from './field.js';
import { Form, useForm } from './form.js';
import { Frame } from './frame.js';
import { Sessions } from './sessions.js';
import { Tokens } from './tokens.js';

export function Profile() {
  const [me, setMe] = useState(null);
  useEffect(() => {
    readMe().then(setMe, ({ status }) => status === 401 && location.assign(at('/login')));
  }, []);
  if (!me) return html`
    <${Frame} title=${t('Profile')} wide><p role="status">${t('Loading…')}</p><//>`;
  const leave = async () => {
    await logOut();
    forgetDrafts();
    await forgetRead();
    location.assign(at('/login'));
  };
  return html`
    <${Frame} title=${t('Profile')} wide>
      <p class="aside">${me.role === 'admin' && t('You are an administrator of this server.')}
        ${' '}<a href=${at('/')}>${t('Back to the chats')}</a>
        · <a href=${at('/api/docs')}>${t('The API')}</a></p>
      <${Identity} me=${me} onChange=${setMe} />
      <${Password} />
      <${Sessions} />
      <${Tokens} />
      <section class="card">
        <h2>${t('Log out')}</h2>
        <button class="button" onClick=${leave}>${t('Log out')}</button>
      </section>
      <${DeleteAccount} />
    <//>`;
}

function Identity({ me, onChange }) {
  const [email, setEmail] = useState(me.email);
  const moves = email.toLowerCase() !== me.email.toLowerCase();
  const form = useForm(async (change) => onChange(await changeMe(change)));
  return html`
    <section class="card" aria-label=${t('Name and address')}>
      <h2>${t('Name and address')}</h2>
      <${Form} form=${form} button=${t('Save')} kind="">
        <${Field} form=${form} label=${t('Name')} name="name" defaultValue=${me.name}
          autocomplete="name" maxlength="100" required />
        <${Field} form=${form} label=${t('E-mail')} name="email" type="email" value=${email}
          onInput=${({ target }) => setEmail(target.value)}
          autocomplete="username" required />
        ${moves && html`
          <${Field} form=${form} label=${t('Present password')} name="password" type="password"
            autocomplete="current-password" required />`}
        ${form.done && html`<p class="done" role="status">${t('Saved.')}</p>`}
      <//>
    </section>`;
}

const passwordHint = t('At least ten characters. '
  + 'You stay logged in here and nowhere else; your tokens go on.');

function Password() {
  const form = useForm(async ({ current, password }, element) => {
    await changePassword(current, password);
    element.reset();
  });
  return html`
    <section class="card" aria-label=${t('Password')}>
      <h2>${t('Password')}</h2>
      <${Form} form=${form} button=${t('Change the password')} kind="">
        <${Field} form=${form} label=${t('Present password')} name="current" type="password"
          autocomplete="current-password" required />
        <${Field} form=${form} label=${t('New password')} name="password" type="password"
          autocomplete="new-password" minlength="10" required
          hint=${passwordHint} />
        ${form.done && html`<p class="done" role="status">${t('Your password is changed.')}</p>`}
      <//>
    </section>`;
}
