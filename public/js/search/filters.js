import { html } from '../views/html.js';
import { t } from '../language/translate.js';

const filters = [
  [t('"two words"'), t('in a row')],
  ['role:user', t('or assistant')],
  ['model:name', t('its replies')],
  ['before:2026-01-31', t('or after:')],
  ['pinned:yes', t('or no')],
  ['archived:no', t('or yes')],
  ['tag:name', t('its chats')],
];

/** What narrows a search. */
export const Filters = () => html`
  <p>${t('Beside a word, these narrow the search:')}</p>
  <dl class="filters">
    ${filters.map(([written, meaning]) => html`
      <div key=${written}><dt><code>${written}</code></dt><dd>${meaning}</dd></div>`)}
  </dl>`;
