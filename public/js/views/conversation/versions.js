import { html } from '../html.js';
import { t } from '../../language/translate.js';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';

export function Versions({ message }) {
  const { conversation: { thread, busy } } = usePage();
  const siblings = thread.siblings(message);
  if (siblings.length < 2) return null;
  const place = siblings.findIndex(({ id }) => id === message.id);
  const choose = (label, to) => {
    thread.choose(to);
    requestAnimationFrame(() => focusButton(to, label));
  };
  const turn = (name, label, to) => html`
    <button class="icon-button" aria-label=${label} disabled=${!to || busy.value}
      onClick=${() => choose(label, to)}><${Icon} name=${name} /></button>`;
  return html`
    <span class="versions" data-message=${message.id}>
      ${turn('previous', t('Previous version'), siblings[place - 1])}
      <span>${place + 1}/${siblings.length}</span>
      ${turn('next', t('Next version'), siblings[place + 1])}
    </span>`;
}

/** The same button of the version that is shown now, so that whoever turned can turn on. */
function focusButton({ id }, label) {
  const enabled = `[data-message="${id}"] button:enabled`;
  const same = document.querySelector(`${enabled}[aria-label="${label}"]`);
  (same ?? document.querySelector(enabled))?.focus();
}
