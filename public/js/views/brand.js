import { html } from './html.js';
import { at } from '../shell/address.js';

/** The mark, as the document names it. */
export const iconAddress = () => document.querySelector('link[rel="icon"]').href;

export const Brand = () => html`
  <a class="brand" href=${at('/')}
    ><img src=${iconAddress()} alt="" width="24" height="24" />Runnel</a>`;
