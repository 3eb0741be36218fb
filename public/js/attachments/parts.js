import { signal } from '@preact/signals';
import { html } from '../views/html.js';
import { Icon } from '../views/icon.js';
import { lazily } from '../shell/lazy-parts.js';

const parts = signal(null);
let loading = null;

function part(name, props) {
  const Part = parts.value?.[name];
  if (Part) return html`<${Part} ...${{ ...props, Icon }} />`;
  loading ??= lazily(() => import('./strip.js')).then(
    (loaded) => (parts.value = loaded),
    () => (loading = null),
  );
  return null;
}

/** Loaded when there is the first file to show. */
export const Strip = (props) => part('Strip', props);
export const Sent = (props) => part('Sent', props);
