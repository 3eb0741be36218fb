import { html } from './html.js';
import { useLayoutEffect } from 'preact/hooks';
import { enterSends } from '../shell/enter-key.js';
import { isComposing } from '../shell/keyboard.js';

/**
 * A text area as high as its text. Enter sends and Shift+Enter breaks the line; without a real
 * keyboard, or where one wants it so, Enter breaks the line. Ctrl+Enter and Cmd+Enter always send.
 */
export function TextBox({ label, box, value, initial, placeholder, id, onInput, onEnter }) {
  useLayoutEffect(() => fit(box.current), [value]);

  const onKeyDown = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    if (!enterSends() && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    onEnter();
  };

  const typed = ({ target }) => {
    fit(target);
    onInput?.(target.value);
  };

  return html`
    <textarea id=${id} ref=${box} rows="1" aria-label=${label} placeholder=${placeholder}
      enterkeyhint=${enterSends() ? 'send' : 'enter'} value=${value} defaultValue=${initial}
      onKeyDown=${onKeyDown} onInput=${typed}></textarea>`;
}

// Where the style sheet's `field-sizing` is known, the browser does it, quickly for long texts too.
const fitsItself = globalThis.CSS?.supports('field-sizing', 'content');

function fit(area) {
  if (fitsItself) return;
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}
