import { signal } from '@preact/signals';
import { lastingStorage } from './storage.js';

const key = 'runnel.sidebar';

/**
 * Beside the conversation where there is room, and remembered; a drawer over it on a narrow screen.
 */
export class SidebarState {
  narrow = signal(false);
  open = signal(true);

  watch(query) {
    const fit = () => {
      this.narrow.value = query.matches;
      this.open.value = !query.matches && lastingStorage.getItem(key) !== 'closed';
    };
    query.addEventListener('change', fit);
    fit();
  }

  toggle() {
    this.open.value = !this.open.value;
    if (!this.narrow.value) lastingStorage.setItem(key, this.open.value ? 'open' : 'closed');
  }

  closeDrawer() {
    if (this.narrow.value) this.open.value = false;
  }
}
