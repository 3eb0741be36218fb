import { html } from './html.js';
import { t } from '../language/translate.js';
import { chatPath } from '../shell/router.js';
import { usePage } from './page-context.js';
import { Icon } from './icon.js';

export function Toasts() {
  const { toasts } = usePage();
  return html`
    <div class="toasts" role="status">
      ${toasts.list.value.map((toast) => html`<${Toast} key=${toast.key} toast=${toast} />`)}
    </div>`;
}

function Toast({ toast: { key, title, chat, text, action } }) {
  const { toasts } = usePage();
  const dismiss = () => toasts.dismiss(key);
  const act = () => {
    dismiss();
    action.act();
  };
  return html`
    <div class="toast">
      <p>${title ? text(html`<a href=${chatPath(chat)} onClick=${dismiss}>${title}</a>`) : text}</p>
      ${action && html`<button class="button small" onClick=${act}>${action.text}</button>`}
      <button class="icon-button" aria-label=${t('Dismiss')} onClick=${dismiss}>
        <${Icon} name="close" /></button>
    </div>`;
}
