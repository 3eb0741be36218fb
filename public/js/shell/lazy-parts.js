import { signal } from '@preact/signals';
import { at } from './address.js';

/** Whether a part is not there any more, since the server has another version of the page. */
export const outdated = signal(false);

/** Loads a part of the page once it is needed; `load` imports it. */
export async function lazily(load) {
  try {
    return await load();
  } catch (error) {
    outdated.value ||= await isOutdated();
    throw error;
  }
}

/** The scripts of each version have names of their own. */
async function isOutdated() {
  const script = document.querySelector('script[type="module"]').getAttribute('src');
  const answer = await fetch(at('/'), { cache: 'no-store' }).catch(() => null);
  return Boolean(answer?.ok) && !(await answer.text()).includes(script);
}
