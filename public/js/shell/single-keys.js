import { signal } from '@preact/signals';
import { lastingStorage } from './storage.js';

const key = 'runnel.single-keys';

/** Who dictates types keys without meaning to, and must be able to switch them off (WCAG 2.1.4). */
export const singleKeys = signal(lastingStorage.getItem(key) !== 'off');

export function setSingleKeys(on) {
  singleKeys.value = on;
  lastingStorage.setItem(key, on ? 'on' : 'off');
}
