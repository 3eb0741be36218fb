import { html } from './html.js';
import { t } from '../language/translate.js';
import { usePage } from './page-context.js';
import { Icon } from './icon.js';

export function Notices() {
  const { notices } = usePage();
  return html`
    <div class="notices" role="alert">
      ${notices.list.value.map(({ key, text, link }) => html`
        <div class="notice" key=${key}>
          <${Icon} name="warning" />
          <p>${text}${link && html` <a href=${link.href}>${link.text}</a>`}</p>
          <button class="icon-button" aria-label=${t('Dismiss')}
            onClick=${() => notices.dismiss(key)}><${Icon} name="close" /></button>
        </div>`)}
    </div>`;
}
