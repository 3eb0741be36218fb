import { html } from '../views/html.js';
import { t } from '../language/translate.js';
import { Dialog } from '../views/dialog.js';
import { Keys } from './option.js';

const shortcuts = [
  [t('Search, or do anything'), 'Ctrl+K'],
  [t('New chat'), 'Ctrl+Shift+O'],
  [t('Copy the last code block'), 'Ctrl+Shift+;'],
  [t('Send the message'), 'Enter'],
  [t('A new line in the message'), 'Shift+Enter'],
  [t('Send, whatever Enter means'), 'Ctrl+Enter'],
  [t('Stop the reply, close what is open'), 'Esc'],
  [t('Through what was found, from the search field'), '↓+↑'],
  [t('This sheet, outside of fields'), '?'],
];

export const ShortcutSheet = ({ onClose }) => html`
  <${Dialog} title=${t('Keyboard shortcuts')} onClose=${onClose}
    closedby="any">
    <dl class="shortcuts">
      ${shortcuts.map(([text, keys]) => html`
        <div key=${keys}><dt>${text}</dt><dd><${Keys} keys=${keys} /></dd></div>`)}
    </dl>
  <//>`;
