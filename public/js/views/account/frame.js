import { html } from '../html.js';

/** What all these pages look like: the name of the place, a heading, and the page's own. */
export const Frame = ({ title, wide, children }) => html`
  <main class="account ${wide ? 'wide' : ''}">
    <a class="brand" href="/"><img src="/favicon.svg" alt="" width="24" height="24" />Runnel</a>
    <h1>${title}</h1>
    ${children}
  </main>`;
