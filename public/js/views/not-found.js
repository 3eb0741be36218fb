import { html } from './html.js';
import { at } from '../shell/address.js';

export const NotFound = () => html`
  <div class="not-found">
    <h1>Nothing here</h1>
    <p>This chat does not exist, or it is not yours.</p>
    <p><a class="button" href=${at('/')}>Start a new chat</a></p>
  </div>`;
