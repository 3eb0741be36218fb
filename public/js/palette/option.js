import { html } from '../views/html.js';
import { Icon } from '../views/icon.js';
import { keysOf } from './keys.js';

/**
 * One line of a picker: an icon, its text or `content` in its place, quiet `detail`, `keys`. `star`
 * is there for the pointer only, who uses the keyboard has a button for it.
 */
export function Option({ id, item, active, onPick }) {
  const { text, content, detail, keys, icon, disabled, star } = item;
  return html`
    <div class="picker-option ${active ? 'active' : ''}" id=${id} role="option"
      aria-selected=${String(active)} aria-disabled=${disabled ? 'true' : null}
      onClick=${() => disabled || onPick(item)}>
      ${icon && html`<${Icon} name=${icon} />`}
      <span class="picker-text" dir="auto">${content ?? text}</span>
      ${detail && html`<span class="picker-detail">${detail}</span>`}
      ${keys && html`<${Keys} keys=${keys} />`}
      ${star && html`<${Star} star=${star} />`}
    </div>`;
}

export const Keys = ({ keys }) => html`<span class="keys">${keysOf(keys).map((key) => html`
  <kbd key=${key}>${key}</kbd>`)}</span>`;

function Star({ star: { on, toggle } }) {
  const press = (event) => {
    event.stopPropagation();
    toggle();
  };
  return html`<span class="picker-star ${on ? 'on' : ''}" aria-hidden="true"
    onClick=${press}><${Icon} name="pin" /></span>`;
}
