import { html } from '../html.js';
import { useEffect, useState } from 'preact/hooks';
import { endOtherSessions, endSession, readSessions } from '../../api.js';

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const seen = ({ current, seen: at }) => (current ? 'This browser' : `Seen ${when.format(at)}`);

export function Sessions() {
  const [sessions, setSessions] = useState([]);
  const look = () => readSessions().then((told) => setSessions(told.sessions), () => {});
  useEffect(() => void look(), []);
  return html`
    <section class="card" aria-label="Where you are logged in">
      <h2>Where you are logged in</h2>
      <ul class="rows">
        ${sessions.map((session) => html`
          <li key=${session.id}>
            <span><strong>${session.agent || 'Unknown browser'}</strong>
              <small>${seen(session)} · from ${session.address}</small></span>
            ${!session.current && html`<button class="button small"
              onClick=${() => endSession(session.id).finally(look)}>Log out</button>`}
          </li>`)}
      </ul>
      ${sessions.length > 1 && html`
        <button class="button"
          onClick=${() => endOtherSessions().finally(look)}>Log out everywhere else</button>`}
    </section>`;
}
