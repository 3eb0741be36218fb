import * as api from '../api.js';
import { html } from '../views/html.js';
import { language, t } from '../language/translate.js';
import { chatPath } from '../shell/router.js';

const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });

export const until = ({ expires }) => {
  if (!expires) return t('Works without end');
  return expires > Date.now() 
    ? t('Works until {time}', { time: day.format(expires) })
    : t('Has expired');
};

/** All links of this person; `onEnded` is called when one of them was ended. */
export const Links = ({ shares, onEnded, onFailed }) => html`
  <ul class="rows">${shares.map(({ chat, title, created, expires }) => html`
    <li key=${chat}>
      <span><a href=${chatPath(chat)} dir="auto">${title || t('Untitled')}</a>
        <small>${t('Made {time}', { time: day.format(created) })} ·
          ${until({ expires })}</small></span>
      <button class="button small" aria-label=${t('End the link to {title}', { title })}
        onClick=${() => api.endShare(chat).then(onEnded, onFailed)}>${t('End')}</button>
    </li>`)}
  </ul>`;
