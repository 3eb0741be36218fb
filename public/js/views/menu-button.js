import { html } from './html.js';
import { useRef, useState } from 'preact/hooks';
import { Icon } from './icon.js';

/** Opens a `menu`, a component that is loaded by then and gets the other properties. */
export function MenuButton({ menu: Menu, label, title, kind = '', ...properties }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef();
  return html`
    <button class="icon-button ${kind}" ref=${button} aria-label=${label} title=${title}
      aria-haspopup="true" aria-expanded=${isOpen}
      onClick=${() => setOpen(!isOpen)}><${Icon} name="more" /></button>
    ${isOpen && html`<${Menu} ...${properties} button=${button.current}
      onClose=${() => setOpen(false)} />`}`;
}
