import { h, render } from 'preact';
import { t } from './language/translate.js';
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
  '/login': [Login, t('Log in')],
  '/register': [Register, t('Register')],
  '/forgotten': [Forgotten, t('Forgotten password')],
  '/reset': [Reset, t('New password')],
  '/verify': [Verify, t('Your address')],
  '/profile': [Profile, t('Profile')],
};

const [Page, title] = pages[pathIn(location.pathname)] ?? Object.values(pages)[0];
document.title = `${title} – Runnel`;
render(h(Page), document.getElementById('page'));
reloadWhenRestored({ browser, body: document.body, begin: () => location.reload() });
