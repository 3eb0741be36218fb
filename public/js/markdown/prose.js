import { h } from 'preact';
import { signal } from '@preact/signals';
import { lazily, outdated } from '../shell/lazy-parts.js';

const retryAfter = 5_000;
const part = signal({});
let asked = null;

/** Markdown is half of all scripts, and a page without a reply is shown before it is here. */
export function loadProse() {
  asked ??= lazily(() => import('./drawn-prose.js')).then(
    (loaded) => (part.value = loaded),
    () => {
      part.value = { Prose: Plain };
      if (!outdated.value) setTimeout(again, retryAfter);
    },
  );
  return asked;
}

function again() {
  asked = null;
  loadProse();
}

const Plain = ({ text }) => h('div', { class: 'prose' }, h('p', { class: 'plain' }, text));

export function Prose(properties) {
  loadProse();
  const { Prose: Loaded } = part.value;
  return Loaded ? h(Loaded, properties) : h('div', { class: 'prose' });
}
