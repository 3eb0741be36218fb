import { signal } from '@preact/signals';
import { keyboard } from './keyboard.js';
import { lastingStorage } from './storage.js';

const key = 'runnel.enter';
const wanted = signal(lastingStorage.getItem(key));

/** Whether Enter sends: as the user wants, else only where there is a real keyboard. */
export const enterSends = () => (wanted.value ? wanted.value === 'sends' : keyboard.matches);

export function setEnterSends(sends) {
  wanted.value = sends ? 'sends' : 'breaks';
  lastingStorage.setItem(key, wanted.value);
}
