import { html } from '../views/html.js';

const filters = [
  ['"two words"', 'in a row'],
  ['role:user', 'or assistant'],
  ['model:name', 'its replies'],
  ['before:2026-01-31', 'or after:'],
  ['pinned:yes', 'or no'],
  ['archived:no', 'or yes'],
  ['tag:name', 'its chats'],
];

/** What narrows a search. */
export const Filters = () => html`
  <dl class="filters">
    ${filters.map(([written, meaning]) => html`
      <div key=${written}><dt><code>${written}</code></dt><dd>${meaning}</dd></div>`)}
  </dl>`;
