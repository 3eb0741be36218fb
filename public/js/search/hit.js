import { html } from '../views/html.js';
import { language, t } from '../language/translate.js';
import { Snippet } from './snippet.js';

const who = { user: t('You'), assistant: t('Assistant') };

export function Hit({ hit }) {
  return html`
    <span class="hit-head">
      <span class="hit-title" dir="auto">${hit.title || t('Untitled')}</span>
      <time datetime=${new Date(hit.created).toJSON()}>${dayOf(hit.created)}</time>
    </span>
    <span class="hit-snippet" dir="auto"><span class="hit-role">${who[hit.role]}: </span><${Snippet}
      pieces=${hit.snippet} /></span>`;
}

function dayOf(created, now = new Date()) {
  const date = new Date(created);
  if (date.toDateString() === now.toDateString()) {
    return date.toLocaleTimeString(language, { hour: 'numeric', minute: '2-digit' });
  }
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return date.toLocaleDateString(language, { day: 'numeric', month: 'short', year });
}
