import { html } from './html.js';
import { useLayoutEffect } from 'preact/hooks';

/** A text area as high as its text, where Enter sends and Shift+Enter breaks the line. */
export function TextBox({ label, box, value, initial, placeholder, id, onInput, onEnter }) {
  useLayoutEffect(() => fit(box.current), [value]);

  const onKeyDown = (event) => {
    // While an input method composes a character, Enter chooses it; Safari tells so only by the key
    // code.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    onEnter();
  };

  const typed = ({ target }) => {
    fit(target);
    onInput?.(target.value);
  };

  return html`
    <textarea id=${id} ref=${box} rows="1" aria-label=${label} placeholder=${placeholder}
      value=${value} defaultValue=${initial}
      onKeyDown=${onKeyDown} onInput=${typed}></textarea>`;
}

function fit(area) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}
