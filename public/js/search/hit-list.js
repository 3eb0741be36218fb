import { t, tn } from '../language/translate.js';
import '../shared.js';
import { useEffect, useMemo } from 'preact/hooks';
import { search as ask } from '../api.js';
import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { messagePath } from '../shell/router.js';
import { Search } from './search.js';
import { showMarks } from './marks.js';
import { Failed } from './failed.js';
import { Hit } from './hit.js';
import { Filters } from './filters.js';

/** The messages that were found, below the chats. */
export function HitList() {
  const page = usePage();
  const search = useMemo(() => new Search({ api: { search: ask } }), []);
  search.type(page.chats.query.value);
  useEffect(() => () => search.close(), []);
  const { hits, found, failed, asking, query, next } = search;
  const nothing = found.value && !asking.value && !failed.value && !hits.value.length;
  return html`
    <section class="hits" aria-label=${t('Messages found')} aria-busy=${String(asking.value)}>
      <h2>${t('Messages')}</h2>
      <${Failed} error=${failed.value} onRetry=${() => search.retry()} />
      <ul>${hits.value.map((hit) => html`
        <li key=${hit.message}>
          <a class="hit" href=${messagePath(hit.chat, hit.message)}
            onClick=${() => showMarks(page, hit)}><${Hit} hit=${hit} /></a>
        </li>`)}</ul>
      ${next.value && html`
        <button class="more-chats" disabled=${asking} onClick=${() => search.more()}>
          ${t('More messages')}</button>`}
      ${nothing && html`<p class="no-chats">${t('No message matches.')}</p><${Filters} />`}
      <p class="visually-hidden" role="status">
        ${found.value === query.value && told(hits.value.length, next.value)}</p>
    </section>`;
}

const told = (count, more) => {
  if (!count) return '';
  return more
    ? tn(count, 'More than {count} message found', 'More than {count} messages found')
    : tn(count, '{count} message found', '{count} messages found');
};
