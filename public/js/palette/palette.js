import { html } from '../views/html.js';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { readChats, search as searchMessages } from '../api.js';
import { t } from '../language/translate.js';
import { chatPath, messagePath } from '../shell/router.js';
import { usePage } from '../views/page-context.js';
import { applyPreset } from '../presets/apply.js';
import { loadPresets, matching, presets } from '../presets/presets.js';
import { Filters } from '../search/filters.js';
import { Failed } from '../search/failed.js';
import { Hit } from '../search/hit.js';
import { showMarks } from '../search/marks.js';
import { Search } from '../search/search.js';
import { actionsOf } from './actions.js';
import { matches } from './matching.js';
import { modelItems } from './model-items.js';
import { Picker } from './picker.js';

const fewChats = 6;
const fewHits = 8;
const fewModels = 5;
const fewPresets = 5;

/** Titles are looked for among the chats that the server finds by the same words. */
const chatsByTitle = async ({ q, signal }) => {
  const { chats } = await readChats({ q, limit: 40, signal });
  return { hits: chats.filter(({ title }) => matches(title, q)), cursor: null };
};

function useSearches() {
  const searches = useMemo(() => ({
    chats: new Search({ api: { search: chatsByTitle } }),
    messages: new Search({ api: { search: searchMessages }, limit: fewHits }),
  }), []);
  useEffect(() => () => Object.values(searches).forEach((search) => search.close()), []);
  return searches;
}

/** Chats, messages, actions and models by what is typed. */
export function Palette({ onClose }) {
  const page = usePage();
  const [text, setText] = useState('');
  const { chats, messages } = useSearches();
  const type = (typed) => {
    setText(typed);
    chats.type(typed);
    messages.type(typed);
  };
  useEffect(() => {
    loadPresets(page).catch((error) => page.notices.report(error));
  }, []);
  const query = text.trim();
  const actions = actionsOf(page);
  const isOld = messages.found.value !== query;
  const groups = query ? [
    { heading: t('Chats'), items: titled(page, chats, query).map((chat) => chatItem(page, chat)) },
    { heading: t('Actions'), items: actions.filter((action) => matches(action.text, query)) },
    { heading: t('Messages'), items: messages.hits.value.map((hit) => hitItem(page, hit, isOld)) },
    { heading: t('Models'), items: modelItems(page, query).slice(0, fewModels) },
    { heading: t('Presets'), items: presetItems(page, query) },
  ] : [
    { heading: t('Actions'), items: actions },
    { heading: t('Recent chats'), items: recent(page) },
  ];
  const failed = messages.failed.value;
  const waiting = [chats, messages].some((search) =>
    search.asking.value || search.found.value !== search.query.value);
  const told = waiting && !failed ? t('Searching…') : t('Nothing matches.');
  return html`
    <${Picker} label=${t('Search or do')} text=${text} onType=${type} groups=${groups}
      onClose=${onClose} empty=${html`<p>${told}</p><${Filters} />`}>
      ${() => html`<${Failed} error=${failed} onRetry=${() => messages.retry()} />`}
    <//>`;
}

/** Those that the page knows at once, and those that the server finds. */
function titled(page, search, query) {
  const all = [...page.chats.list.value, ...search.hits.value];
  const found = new Map(all.filter(({ title }) => matches(title, query))
    .map((chat) => [chat.id, chat]));
  return [...found.values()].slice(0, fewChats);
}

const recent = (page) =>
  page.chats.list.value.slice(0, fewChats).map((chat) => chatItem(page, chat));

const chatItem = ({ router }, { id, title }) => ({
  id: `chat-${id}`, text: title || t('Untitled'), icon: 'chat', act: () => router.go(chatPath(id)),
});

const presetItems = (page, query) =>
  matching(presets.value ?? [], query).slice(0, fewPresets).map((preset) => ({
    id: `preset-${preset.id}`,
    text: preset.name,
    icon: 'edit',
    act: () => applyPreset(page, preset),
  }));

/** Hits for what was typed before stay to be looked at, and are not what Enter opens. */
const hitItem = (page, hit, isOld) => ({
  id: `hit-${hit.message}`,
  disabled: isOld,
  content: html`<${Hit} hit=${hit} />`,
  act() {
    showMarks(page, hit);
    page.router.go(messagePath(hit.chat, hit.message));
  },
});
