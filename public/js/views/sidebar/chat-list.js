import { html } from '../html.js';
import { useEffect, useRef, useState } from 'preact/hooks';
import { grouped } from '../../chats/groups.js';
import { t } from '../../language/translate.js';
import { usePage } from '../page-context.js';
import { ChatRow } from './chat-row.js';

/** Of many chats that match, so that the messages that do are seen below them. */
const fewest = 5;

export function ChatList() {
  const { chats } = usePage();
  const [all, setAll] = useState(false);
  const searching = Boolean(chats.query.value.trim());
  if (all && !searching) setAll(false);
  const list = chats.list.value;
  const some = searching && !all && list.length > fewest;
  return html`
    <nav class="chats" aria-label=${t('Chats')}>
      ${grouped(some ? list.slice(0, fewest) : list).map(([heading, members]) => html`
        <section key=${heading}>
          <h2>${heading}</h2>
          <ul>${members.map((chat) => html`
            <${ChatRow} key=${chat.id} chat=${chat} />`)}</ul>
        </section>`)}
      ${chats.loaded.value && list.length === 0 && html`
        <p class="no-chats">
          ${nothing(chats)}</p>`}
      ${some && html`
        <button class="more-chats" onClick=${() => setAll(true)}>${t('More chats')}</button>`}
      ${!some && chats.next.value && html`<${More} />`}
      ${chats.loaded.value && !searching && html`<${Archive} />`}
    </nav>`;
}

const nothing = ({ query, archived }) => (query.value ? t('No chat matches.')
  : archived.value ? t('No chat is archived.') : t('Your chats will be listed here.'));

/** The way to the archive and back. */
function Archive() {
  const { chats } = usePage();
  const on = chats.archived.value;
  if (!on && !chats.list.value.length && !chats.hasArchive.value) return null;
  return html`<button class="more-chats" onClick=${() => chats.showArchive(!on)}>
    ${on ? t('Back to all chats') : t('Archived chats')}</button>`;
}

function More() {
  const { chats } = usePage();
  const button = useRef();
  useEffect(() => {
    const seen = ([{ isIntersecting }]) => isIntersecting && chats.more();
    const sight = new IntersectionObserver(seen);
    sight.observe(button.current);
    return () => sight.disconnect();
  }, [chats.next.value]);
  return html`<button class="more-chats" ref=${button}
    onClick=${() => chats.more()}>${t('More')}</button>`;
}
