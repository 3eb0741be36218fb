import { html } from '../html.js';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';

const names = { system: 'as the system', light: 'light', dark: 'dark' };

export function ThemeSwitch() {
  const { theme } = usePage();
  const label = `Theme: ${names[theme.choice.value]}`;
  return html`
    <button class="icon-button" aria-label=${label} title=${label} onClick=${() => theme.next()}>
      <${Icon} name=${theme.choice.value} />
    </button>`;
}
