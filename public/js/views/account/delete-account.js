import { html } from '../html.js';
import { t } from '../../language/translate.js';
import { at } from '../../shell/address.js';
import { deleteMe } from '../../api.js';
import { forgetRead } from '../../offline/forget.js';
import { forgetDrafts } from '../../sending/draft-owner.js';
import { Field } from './field.js';
import { Form, useForm } from './form.js';

export function DeleteAccount() {
  const form = useForm(async ({ password }) => {
    await deleteMe(password);
    forgetDrafts();
    await forgetRead();
    location.assign(at('/login'));
  });
  return html`
    <section class="card" aria-label=${t('Delete the account')}>
      <h2>${t('Delete the account')}</h2>
      <p class="aside">${t('All your chats will be gone for good.')}</p>
      <${Form} form=${form} button=${t('Delete my account')} kind="danger">
        <${Field} form=${form} label=${t('Password')} name="password" type="password"
          autocomplete="current-password" required />
      <//>
    </section>`;
}
