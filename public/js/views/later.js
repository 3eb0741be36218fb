import { h } from 'preact';
import { signal } from '@preact/signals';
import { lazily } from '../shell/lazy-parts.js';

/** A component that is loaded when it is first drawn; until then there is nothing. */
export function later(load) {
  const part = signal(null);
  let asked = false;
  const ask = () => {
    asked = true;
    lazily(load).then(([Component]) => (part.value = Component), () => (asked = false));
  };
  return (properties) => {
    if (!asked) ask();
    const Loaded = part.value;
    return Loaded && h(Loaded, properties);
  };
}

let styles;

/** The style sheet of what is loaded later. */
export function laterStyles() {
  styles ??= new Promise((resolve) => {
    const link = document.querySelector('link[href*="later"]');
    link.onload = resolve;
    link.onerror = resolve;
    link.disabled = false;
  });
  return styles;
}

/** `load` imports a module; resolves to its part of that name, once it can be shown. */
export const partOf = (load, name) => () =>
  Promise.all([load().then((module) => module[name]), laterStyles()]);
