import { h, render } from 'preact';
import { effect, signal } from '@preact/signals';
import * as api from './api.js';
import { Chats } from './chats/chats.js';
import { Conversation } from './chats/conversation.js';
import { Drafts } from './sending/drafts.js';
import { Models } from './chats/models.js';
import { Notices } from './shell/notices.js';
import { DesktopNotifications } from './news/desktop-notifications.js';
import { feedOf } from './news/feed.js';
import { News } from './news/news.js';
import { Toasts } from './news/toasts.js';
import { guardRestoredPage } from './shell/bfcache-guard.js';
import { Router } from './shell/router.js';
import { listenForShortcuts } from './shell/shortcuts.js';
import { SidebarState } from './shell/sidebar-state.js';
import { Theme } from './shell/theme.js';
import { browser } from './shell/browser.js';
import { App } from './views/app.js';

const announcement = signal('');
const announce = (text) => (announcement.value = text);

const me = signal(null);
const router = new Router();
const theme = new Theme();
const sidebar = new SidebarState();
const notices = new Notices();
const toasts = new Toasts();
const desktop = new DesktopNotifications({ router });
const drafts = new Drafts();
const chats = new Chats({ api, notices });
const models = new Models({ api, notices });
const conversation = new Conversation({
  api,
  browser,
  router,
  chats,
  models,
  drafts,
  notices,
  announce,
});

async function whoAmI() {
  try {
    me.value = await api.readMe();
  } catch (error) {
    if (error.status !== 401) notices.report(error);
    else location.assign(`/login#${location.pathname}`);
  }
}

theme.applyTo(document.documentElement);
sidebar.watch(matchMedia('(max-width: 760px)'));
router.listen();
listenForShortcuts({ conversation, router, sidebar });

router.route.subscribe(({ name, chat }) => {
  if (name === 'chat') conversation.open(chat);
  sidebar.closeDrawer();
});

effect(() => {
  document.title = conversation.chat.value?.title || 'Runnel';
});

document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  conversation.refresh();
  chats.lookAgain();
});

render(
  h(App, {
    page: {
      me,
      router,
      theme,
      sidebar,
      notices,
      toasts,
      desktop,
      chats,
      models,
      conversation,
      announcement,
    },
  }),
  document.getElementById('page'),
);
whoAmI();
guardRestoredPage({
  me,
  readMe: api.readMe,
  browser,
  body: document.body,
  begin: () => location.reload(),
});
models.load();
chats.load();
new News({ page: { chats, conversation, toasts, desktop }, browser, openFeed: feedOf(browser) });
