import { html } from '../html.js';
import { useEffect, useState } from 'preact/hooks';
import { endOtherSessions, endSession, readSessions } from '../../api.js';
import { timeText } from '../../language/times.js';
import { t } from '../../language/translate.js';

const seen = ({ current, seen: at }) =>
  current ? t('This browser') : t('Seen {time}', { time: timeText(at) });

export function Sessions() {
  const [sessions, setSessions] = useState([]);
  const look = () => readSessions().then((told) => setSessions(told.sessions), () => {});
  useEffect(() => void look(), []);
  return html`
    <section class="card" aria-label=${t('Where you are logged in')}>
      <h2>${t('Where you are logged in')}</h2>
      <ul class="rows">
        ${sessions.map((session) => html`
          <li key=${session.id}>
            <span><strong>${session.agent || t('Unknown browser')}</strong>
              <small>${seen(session)} · ${t('from {address}', session)}</small></span>
            ${!session.current && html`<button class="button small"
              onClick=${() => endSession(session.id).finally(look)}>${t('Log out')}</button>`}
          </li>`)}
      </ul>
      ${sessions.length > 1 && html`
        <button class="button"
          onClick=${() => endOtherSessions().finally(look)}>${
            t('Log out everywhere else')}</button>`}
    </section>`;
}
