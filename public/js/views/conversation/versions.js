import { html } from '../html.js';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';

export function Versions({ message }) {
  const { conversation: { thread, busy } } = usePage();
  const siblings = thread.siblings(message);
  if (siblings.length < 2) return null;
  const place = siblings.findIndex(({ id }) => id === message.id);
  const turn = (name, label, to) => html`
    <button class="icon-button" aria-label=${label} disabled=${!to || busy.value}
      onClick=${() => thread.choose(to)}>
      <${Icon} name=${name} /></button>`;
  return html`
    <span class="siblings">
      ${turn('previous', 'Previous version', siblings[place - 1])}
      <span>${place + 1}/${siblings.length}</span>
      ${turn('next', 'Next version', siblings[place + 1])}
    </span>`;
}
