import { h, render } from 'preact';
import { pathIn } from './shell/address.js';
import { reloadWhenRestored } from './shell/bfcache-guard.js';
import { browser } from './shell/browser.js';
import { Forgotten } from './views/account/forgotten.js';
import { Login } from './views/account/login.js';
import { Profile } from './views/account/profile.js';
import { Register } from './views/account/register.js';
import { Reset } from './views/account/reset.js';
import { Verify } from './views/account/verify.js';

const pages = {
  '/login': [Login, 'Log in'],
  '/register': [Register, 'Register'],
  '/forgotten': [Forgotten, 'Forgotten password'],
  '/reset': [Reset, 'New password'],
  '/verify': [Verify, 'Your address'],
  '/profile': [Profile, 'Profile'],
};

const [Page, title] = pages[pathIn(location.pathname)] ?? Object.values(pages)[0];
document.title = `${title} – Runnel`;
render(h(Page), document.getElementById('page'));
reloadWhenRestored({ browser, body: document.body, begin: () => location.reload() });
