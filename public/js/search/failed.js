import { html } from '../views/html.js';
import { t } from '../language/translate.js';
import { errorText } from '../shell/error-text.js';

export const Failed = ({ error, onRetry }) => error && html`
  <p class="hits-failed" role="alert">${errorText(error)}
    <button class="button small" onClick=${onRetry}>${t('Retry')}</button></p>`;
