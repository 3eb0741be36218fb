import { html } from '../html.js';
import { t } from '../../language/translate.js';
import { errorText } from '../../shell/error-text.js';
import { usePage } from '../page-context.js';

export function LoadFailed() {
  const { conversation: { loader } } = usePage();
  return html`
    <div class="loading" role="alert">
      <p>${t('The chat could not be loaded.')} ${errorText(loader.failed.value)}</p>
      <button class="button" onClick=${() => loader.retry()}>${t('Try again')}</button>
    </div>`;
}
