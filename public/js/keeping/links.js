import * as api from '../api.js';
import { html } from '../views/html.js';
import { chatPath } from '../shell/router.js';

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const until = ({ expires }) => {
  if (!expires) return 'works without end';
  return expires > Date.now() ? `works until ${day.format(expires)}` : 'has expired';
};

/** All links of this person; `onEnded` is called when one of them was ended. */
export const Links = ({ shares, onEnded, onFailed }) => html`
  <ul class="rows">${shares.map(({ chat, title, created, expires }) => html`
    <li key=${chat}>
      <span><a href=${chatPath(chat)} dir="auto">${title || 'Untitled'}</a>
        <small>Made ${day.format(created)} · ${until({ expires })}</small></span>
      <button class="button small" aria-label="End the link to ${title}"
        onClick=${() => api.endShare(chat).then(onEnded, onFailed)}>End</button>
    </li>`)}
  </ul>`;
