import { effect, signal } from '@preact/signals';
import { lastingStorage } from './storage.js';

const key = 'runnel.theme';
const choices = ['system', 'light', 'dark'];

export class Theme {
  choice = signal(lastingStorage.getItem(key) ?? 'system');

  applyTo(root) {
    effect(() => {
      if (this.choice.value === 'system') {
        delete root.dataset.theme;
        lastingStorage.removeItem(key);
      } else {
        root.dataset.theme = this.choice.value;
        lastingStorage.setItem(key, this.choice.value);
      }
    });
  }

  next() {
    this.choice.value = choices[(choices.indexOf(this.choice.value) + 1) % choices.length];
  }
}
