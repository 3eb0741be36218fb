import * as api from '../api.js';
import { html } from '../views/html.js';
import { timeText } from '../language/times.js';
import { t } from '../language/translate.js';
import { chatPath } from '../shell/router.js';

export const until = ({ expires }) => {
  if (!expires) return t('Works without end');
  return expires > Date.now()
    ? t('Works until {time}', { time: timeText(expires) })
    : t('Has expired');
};

/** All links of this person; `onEnded` is called when one of them was ended. */
export const Links = ({ shares, onEnded, onFailed }) => html`
  <ul class="rows">${shares.map(({ chat, title, created, expires }) => html`
    <li key=${chat}>
      <span><a href=${chatPath(chat)} dir="auto">${title || t('Untitled')}</a>
        <small>${t('Made {time}', { time: timeText(created) })} ·
          ${until({ expires })}</small></span>
      <button class="button small" aria-label=${t('End the link to {title}', { title })}
        onClick=${() => api.endShare(chat).then(onEnded, onFailed)}>${t('End')}</button>
    </li>`)}
  </ul>`;
