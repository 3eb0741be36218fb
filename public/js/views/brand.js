import { html } from './html.js';

/** The mark, as the document names it. */
export const iconAddress = () => document.querySelector('link[rel="icon"]').href;

export const Brand = () => html`
  <a class="brand" href="/"><img src=${iconAddress()} alt="" width="24" height="24" />Runnel</a>`;
