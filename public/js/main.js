import './shared.js';
import { h, render } from 'preact';
import { effect, signal, untracked } from '@preact/signals';
import {
  call, changeChat, changeQueued, continueReply, deleteChat, queuePrompt, readChat, readChats,
  readMe, readModels, readQueue, regenerateReply, removeQueued, sendPrompt, sendQueued, stopReply,
} from './api.js';
import { Chats } from './chats/chats.js';
import { Conversation } from './chats/conversation.js';
import { Models } from './chats/models.js';
import { t } from './language/translate.js';
import { readOffline } from './offline/offline.js';
import { loadProse } from './markdown/prose.js';
import { DesktopNotifications } from './notifications/desktop-notifications.js';
import { feedOf } from './notifications/feed.js';
import { News } from './notifications/news.js';
import { Toasts } from './notifications/toasts.js';
import { ScrollMemory } from './reading/scroll-position.js';
import { newId } from './sending/delivery.js';
import { claimDrafts } from './sending/draft-owner.js';
import { Drafts } from './sending/drafts.js';
import { PromptEdits } from './sending/prompt-edits.js';
import { at, pathIn } from './shell/address.js';
import { guardRestoredPage } from './shell/bfcache-guard.js';
import { browser } from './shell/browser.js';
import { takeDroppedFiles } from './shell/dropped-files.js';
import { keepFocus } from './shell/focus-keeper.js';
import { lazily, outdated } from './shell/lazy-parts.js';
import { Notices } from './shell/notices.js';
import { Router } from './shell/router.js';
import { listenForShortcuts } from './shell/shortcuts.js';
import { SidebarState } from './shell/sidebar-state.js';
import { TabIdentity } from './shell/tab-identity.js';
import { Theme } from './shell/theme.js';
import { App } from './views/app.js';

// Where a chat is opened its replies are on their way, too; else there will be none before this.
const isNewChat = pathIn(location.pathname) === '/';
if (!isNewChat) loadProse();
for (const deed of ['keydown', 'pointerdown']) addEventListener(deed, loadProse, { once: true });

const api = {
  changeChat, changeQueued, continueReply, deleteChat, queuePrompt, readChat, readChats, readMe,
  readModels, readQueue, regenerateReply, removeQueued, sendPrompt, sendQueued, stopReply,
};

const announcement = signal('');
// The same text once more is only read out where it was gone in between.
const announce = (text) => {
  announcement.value = '';
  setTimeout(() => (announcement.value = text), 50);
};

const me = signal(null);
const router = new Router();
const theme = new Theme();
const sidebar = new SidebarState();
const notices = new Notices();
const toasts = new Toasts();
const desktop = new DesktopNotifications({ router });
const scrollMemory = new ScrollMemory();
const promptEdits = new PromptEdits();
// What is to be marked in messages that a search has found, by their ids: see search/marks.js.
const marks = new Map();
const overlay = signal(null);
const tab = new TabIdentity({ browser, newId });
const drafts = new Drafts({ tab: tab.id });
const chats = new Chats({ api, notices });
const models = new Models({ api, notices, browser });
const liveTabs = () => tab.live();
const conversation = new Conversation({
  api, browser, router, chats, models, drafts, notices, announce, liveTabs,
});

async function whoAmI() {
  try {
    me.value = await api.readMe();
    // What the person before has typed is in more places than the storage.
    if (claimDrafts(me.value.id)) location.reload();
    else openAsLinked();
  } catch (error) {
    if (error.status !== 401) notices.report(error);
    else location.assign(`${at('/login')}#${pathIn(location.pathname)}${location.search}`);
  }
}

/** `/?q=…&model=…&preset=…` is a new chat with that. */
function openAsLinked() {
  const { name, chat } = router.route.value;
  const isNew = name === 'chat' && chat === null;
  if (!isNew || !/[?&](q|model|preset)=/.test(location.search)) return;
  lazily(() => import('./presets/parts.js')).then(
    ({ openLinked }) => openLinked(page, location),
    (error) => notices.report(error),
  );
}

theme.applyTo(document.documentElement);
sidebar.watch(matchMedia('(max-width: 760px)'));
router.listen();
const besidePrompt = (files) =>
  document.querySelector('dialog[open]') || conversation.outbox.attachments.add(files);
takeDroppedFiles(document, besidePrompt);
keepFocus(document);

router.route.subscribe(({ name, chat, message }) => {
  if (name === 'chat') conversation.open(chat, message);
  models.once.value = null;
  sidebar.closeDrawer();
});

effect(() => {
  document.title = conversation.chat.value?.title || 'Runnel';
});

effect(() => {
  const { id } = conversation.chat.value ?? {};
  if (id) toasts.opened(id);
});

// What lies over a chat is about it, and goes with it.
conversation.visit.subscribe(() => (overlay.value = null));

effect(() => {
  // Without an address it is that of the chat which is open by then, asked for by the browser.
  const reload = { href: '', text: t('Reload the page') };
  const text = t('The server has a new version of this page. What you typed is kept.');
  if (outdated.value) untracked(() => notices.say(text, reload));
});

browser.onReturn(() => {
  conversation.refresh();
  chats.lookAgain();
});
browser.onPutAway({ away: () => chats.deletions.flush(), back: () => {} });
tab.announce({
  onDuplicate: (id) => drafts.rename(id),
  onLeave: () => drafts.leave(),
  onBack: () => drafts.arrive(),
});

const page = {
  me, router, theme, sidebar, notices, toasts, desktop, chats, models, conversation, announcement,
  scrollMemory, promptEdits, marks, overlay, announce, call,
};
listenForShortcuts(page);
render(h(App, { page }), document.getElementById('page'));
whoAmI();
readOffline({ notices });
guardRestoredPage({
  me, readMe: api.readMe, browser, body: document.body, begin: () => location.reload(),
});
models.load();
// Only then it is known whether the list is from where the notifications begin.
chats.load().then(() => new News({ page, browser, openFeed: feedOf(browser) }));
