import { language, t } from '../language/translate.js';
import { at } from '../shell/address.js';
import { whenIdle } from '../shell/idle.js';

const message = 'offline';
const patience = 3_000;

/** Lets sw.js show what was read last where there is no network, and says when that was. */
export function readOffline({ notices }) {
  const say = (text) => notices.say(text, undefined, message);
  const isBack = () => notices.retract({ message });
  addEventListener('offline', () => say(t('You are offline. What you type is kept.')));
  addEventListener('online', isBack);
  const { serviceWorker } = navigator;
  serviceWorker?.addEventListener('message', ({ data: { readAt } }) => {
    if (readAt) say(kept(time(readAt)));
    else isBack();
  });
  if (serviceWorker) setTimeout(() => whenIdle(() => register(serviceWorker)), patience);
}

const kept = (time) =>
  navigator.onLine
    ? t('The server cannot be reached. This was read {time}.', { time })
    : t('You are offline. This was read {time}.', { time });

const time = (when) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(when);

/** It sees only what is asked for from then on, so it is told what was before. */
async function register(serviceWorker) {
  const createScriptURL = () => at('/sw.js');
  const policy = globalThis.trustedTypes?.createPolicy('worker', { createScriptURL });
  await serviceWorker.register(policy?.createScriptURL('') ?? createScriptURL()).catch(() => {});
  if (serviceWorker.controller) return;
  const { active } = await serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  active.postMessage({ loaded });
}
