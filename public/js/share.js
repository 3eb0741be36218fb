import { h, render } from 'preact';
import { effect, signal } from '@preact/signals';
import { copyShare, pollReply, readShare, sharePath } from './api.js';
import { loadProse } from './markdown/prose.js';
import { SharedChat } from './sharing/shared-chat.js';
import { SharedPage } from './sharing/shared-page.js';
import { browser } from './shell/browser.js';
import { at, pathIn } from './shell/address.js';
import { Notices } from './shell/notices.js';
import { chatPath } from './shell/router.js';

// The page of a link: it knows no account, and asks for nothing but what the link shows.
loadProse();
const token = decodeURIComponent(location.pathname.split('/').at(-1));
const api = sharePath(token);
const notices = new Notices();
const chat = new SharedChat({
  read: () => readShare(token),
  browser: { ...browser, api, pollReply: (asked) => pollReply({ ...asked, api }) },
});

/** Who is not logged in does so first and comes back here. */
async function copy() {
  try {
    const made = await copyShare(token);
    location.assign(chatPath(made.chat));
  } catch (error) {
    if (error.status === 401) location.assign(`${at('/login')}#${pathIn(location.pathname)}`);
    else notices.report(error);
  }
}

effect(() => {
  document.title = chat.title.value || 'Runnel';
});

const scrollMemory = { following: signal(true) };
const page = { notices, scrollMemory, chat, copy, api };
render(h(SharedPage, { page }), document.getElementById('page'));
chat.load();
