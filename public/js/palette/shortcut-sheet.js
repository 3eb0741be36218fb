import { html } from '../views/html.js';
import { Dialog } from './dialog.js';
import { Keys } from './option.js';

const shortcuts = [
  ['Search, or do anything', 'Ctrl+K'],
  ['New chat', 'Ctrl+Shift+O'],
  ['Copy the last code block', 'Ctrl+Shift+;'],
  ['Send the message', 'Enter'],
  ['A new line in the message', 'Shift+Enter'],
  ['Send, whatever Enter means', 'Ctrl+Enter'],
  ['Stop the reply, close what is open', 'Esc'],
  ['Through what was found, from the search field', '↓+↑'],
  ['This sheet, outside of fields', '?'],
];

export const ShortcutSheet = ({ onClose }) => html`
  <${Dialog} title="Keyboard shortcuts" onClose=${onClose}>
    <dl class="shortcuts">
      ${shortcuts.map(([text, keys]) => html`
        <div key=${keys}><dt>${text}</dt><dd><${Keys} keys=${keys} /></dd></div>`)}
    </dl>
  <//>`;
