import { h } from 'preact';
import { signal } from '@preact/signals';
import { lazily, outdated } from '../shell/lazy-parts.js';
import { usePage } from './page-context.js';

/**
 * A component that is loaded when it is first drawn; until then there is nothing. Where it does
 * not come, that is said, and `onClose` of its properties called, if it has that.
 */
export function later(load) {
  const part = signal(null);
  let asked = false;
  const ask = (onFailure) => {
    asked = true;
    lazily(load).then(([Component]) => (part.value = Component), (error) => {
      asked = false;
      onFailure(error);
    });
  };
  return (properties) => {
    const { notices } = usePage();
    if (!asked) ask((error) => {
      if (!properties.onClose) return;
      if (!outdated.value) notices.report(error);
      properties.onClose();
    });
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
