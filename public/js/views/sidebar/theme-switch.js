import { html } from '../html.js';
import { t } from '../../language/translate.js';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';

const names = {
  system: t('Theme: as the system'), light: t('Theme: light'), dark: t('Theme: dark'),
};

export function ThemeSwitch() {
  const { theme } = usePage();
  const label = names[theme.choice.value];
  return html`
    <button class="icon-button" aria-label=${label} title=${label} onClick=${() => theme.next()}>
      <${Icon} name=${theme.choice.value} />
    </button>`;
}
