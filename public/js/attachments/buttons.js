import { html } from '../views/html.js';
import { useRef } from 'preact/hooks';
import { t } from '../language/translate.js';
import { Icon } from '../views/icon.js';

/** Choose files; where there is a finger rather than a mouse, take a photo too. */
export const AttachButtons = ({ onFiles }) => html`
  <${Choose} label=${t('Attach files')} icon="attach" onFiles=${onFiles} multiple />
  <${Choose} label=${t('Take a photo')} icon="camera" onFiles=${onFiles} kind="camera"
    accept="image/*" capture="environment" />`;

function Choose({ label, icon, onFiles, kind = '', ...options }) {
  const input = useRef();
  const chosen = ({ target }) => {
    const files = [...target.files];
    target.value = '';
    if (files.length) onFiles(files);
  };
  return html`
    <button class="icon-button ${kind}" type="button" aria-label=${label} title=${label}
      onClick=${() => input.current.click()}><${Icon} name=${icon} /></button>
    <input ref=${input} type="file" hidden tabindex="-1" aria-hidden="true" ...${options}
      onChange=${chosen} />`;
}

/** Files in the clipboard, unless it has their text as well, as that of a table does. */
export function pastedFiles({ clipboardData }) {
  const { files, types } = clipboardData;
  return types.includes('text/plain') ? [] : [...files];
}
