import { useLayoutEffect, useRef } from 'preact/hooks';
import { placeBelow } from '../shell/popover-place.js';
import { html } from '../views/html.js';
import { Icon } from '../views/icon.js';

/** `items` are `{ icon, text, act, danger, disabled }`, or have the address `href` of a file. */
export function Menu({ items, button, onClose }) {
  const menu = useRef();
  useLayoutEffect(() => {
    menu.current.showPopover();
    menu.current.querySelector('.menu-item:enabled')?.focus();
  }, []);
  const toggled = ({ newState, target }) => {
    if (newState === 'open') placeBelow(target, button);
    else onClose();
  };
  const pick = (act) => () => {
    menu.current.hidePopover();
    act?.();
  };
  return html`
    <div class="menu" ref=${menu} popover="auto" onToggle=${toggled} onKeyDown=${walk}>
      ${items.map(({ icon, text, act, href, danger, disabled }) => (href
        ? html`<a key=${text} class="menu-item" href=${href} download onClick=${pick(act)}><${Icon}
          name=${icon} />${text}</a>`
        : html`<button key=${text} class="menu-item ${danger ? 'danger' : ''}" disabled=${disabled}
          onClick=${pick(act)}><${Icon} name=${icon} />${text}</button>`))}
    </div>`;
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll('button:enabled, a')];
  const place = items.indexOf(document.activeElement) + step;
  items.at(place % items.length).focus();
}
