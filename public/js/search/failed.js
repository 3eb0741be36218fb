import { html } from '../views/html.js';
import { errorText } from '../shell/error-text.js';

export const Failed = ({ error, onRetry }) => error && html`
  <p class="hits-failed" role="alert">${errorText(error)}
    <button class="button small" onClick=${onRetry}>Retry</button></p>`;
