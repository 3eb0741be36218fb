import { html } from '../html.js';
import { t } from '../../language/translate.js';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';

export function DesktopSwitch() {
  const { desktop } = usePage();
  if (!desktop.possible.value) return null;
  const label = t('Notify me when a long reply is finished');
  return html`
    <button class="icon-button" aria-label=${label} title=${label}
      aria-pressed=${String(desktop.on.value)} onClick=${() => desktop.toggle()}>
      <${Icon} name=${desktop.on.value ? 'bell' : 'bell-off'} />
    </button>`;
}
