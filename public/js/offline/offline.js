import { timeText } from '../language/times.js';
import { t } from '../language/translate.js';
import { loadProse } from '../markdown/prose.js';
import { at } from '../shell/address.js';
import { whenIdle } from '../shell/idle.js';

const message = 'offline';
const patience = 3_000;

/** Lets sw.js show what was read last where there is no network, and says when that was. */
export function readOffline({ notices }) {
  let said = null;
  let isOld = false;
  const say = (text) => {
    if (text !== said) notices.say(text, undefined, message);
    said = text;
  };
  const isBack = () => {
    if (said) notices.retract({ message });
    said = null;
    isOld = false;
  };
  const isAway = () => isOld || say(t('You are offline. What you type is kept.'));
  addEventListener('offline', isAway);
  addEventListener('online', () => isOld || isBack());
  if (!navigator.onLine) isAway();
  const { serviceWorker } = navigator;
  serviceWorker?.addEventListener('message', ({ data: { readAt, isChat } }) => {
    if (!readAt) isBack();
    else if (isChat || !isOld) say(kept(timeText(readAt)));
    isOld = Boolean(readAt);
  });
  if (serviceWorker) setTimeout(() => whenIdle(() => register(serviceWorker)), patience);
}

const kept = (time) =>
  navigator.onLine
    ? t('The server cannot be reached. This was read {time}.', { time })
    : t('You are offline. This was read {time}.', { time });

/** It sees only what is asked for from then on, so it is told what was before. */
async function register(serviceWorker) {
  const createScriptURL = () => at('/sw.js');
  const policy = globalThis.trustedTypes?.createPolicy('worker', { createScriptURL });
  await serviceWorker.register(policy?.createScriptURL('') ?? createScriptURL()).catch(() => {});
  if (serviceWorker.controller) return;
  const [{ active }] = await Promise.all([serviceWorker.ready, loadProse()]);
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  active.postMessage({ loaded });
}
