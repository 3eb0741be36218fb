import { Brand } from '../brand.js';
import { html } from '../html.js';

/** What all these pages look like: the name of the place, a heading, and the page's own. */
export const Frame = ({ title, wide, children }) => html`
  <main class="account ${wide ? 'wide' : ''}">
    <${Brand} />
    <h1>${title}</h1>
    ${children}
  </main>`;
