import { signal } from '@preact/signals';
import { at } from '../shell/address.js';
import { lastingStorage } from '../shell/storage.js';
import { chatPath } from '../shell/router.js';

const key = 'runnel.desktop-notifications';

/**
 * Notifications outside the page. The browser is asked for its permission only when the user
 * switches them on.
 */
export class DesktopNotifications {
  on = signal(false);
  possible = signal(false);
  #Notification;
  #router;

  constructor({ router, Notification = globalThis.Notification }) {
    this.#router = router;
    this.#Notification = Notification;
    this.#look();
  }

  async toggle() {
    const wanted = !this.on.value;
    const allowed = wanted && (await this.#Notification.requestPermission()) === 'granted';
    lastingStorage.setItem(key, allowed ? 'on' : 'off');
    this.#look();
  }

  tell({ title, text, tag, chat }) {
    if (!this.on.value) return;
    try {
      const shown = new this.#Notification(title, { body: text, tag, icon: at('/favicon.svg') });
      shown.onclick = () => {
        focus();
        this.#router.go(chatPath(chat));
        shown.close();
      };
    } catch {
      // Chrome on Android has the class and lets only service workers use it.
      this.possible.value = false;
    }
  }

  #look() {
    const permission = this.#Notification?.permission ?? 'denied';
    this.possible.value = permission !== 'denied';
    this.on.value = permission === 'granted' && lastingStorage.getItem(key) === 'on';
  }
}
