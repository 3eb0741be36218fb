import { html } from './html.js';
import { t } from '../language/translate.js';
import { at } from '../shell/address.js';

export const NotFound = () => html`
  <div class="not-found">
    <h1>${t('Nothing here')}</h1>
    <p>${t('This chat does not exist, or it is not yours.')}</p>
    <p><a class="button" href=${at('/')}>${t('Start a new chat')}</a></p>
  </div>`;
