import { base } from './address.js';
import { tabStorage } from './storage.js';

const key = 'runnel.tab';
const lockOf = (tab) => `${base}runnel.tab.${tab}`;
const patience = 500;

/**
 * A name for this tab that outlives reloads. A lock tells the other tabs that it is open; where the
 * browser has no locks (plain http from another machine) nobody knows.
 */
export class TabIdentity {
  #browser;
  #release = () => {};

  constructor({ browser, newId, storage = tabStorage }) {
    this.#browser = browser;
    this.newId = newId;
    this.storage = storage;
    this.id = storage.getItem(key) ?? this.#rename();
  }

  /** Holds the lock while the page is shown; `onDuplicate` when another tab has the name. */
  announce({ onDuplicate, onLeave, onBack }) {
    const hold = () => this.#hold(onDuplicate);
    this.#browser.onPutAway({
      away: () => {
        this.#release();
        onLeave();
      },
      back: () => {
        onBack();
        hold();
      },
    });
    hold();
  }

  /** The tabs that are open, or null where nobody knows. */
  async live() {
    if (!this.#browser.locks) return null;
    const { held } = await this.#browser.locks.query();
    return new Set(held.map(({ name }) => name.slice(lockOf('').length)));
  }

  async #hold(onDuplicate) {
    if (!this.#browser.locks || (await this.#take())) return;
    // After a reload the page before this one may still have it for a moment.
    await new Promise((resolve) => this.#browser.setTimeout(resolve, patience));
    if (await this.#take()) return;
    this.#rename();
    onDuplicate(this.id);
    await this.#take();
  }

  #take() {
    const released = new Promise((resolve) => (this.#release = resolve));
    return new Promise((tell) => {
      this.#browser.locks.request(lockOf(this.id), { ifAvailable: true }, (lock) => {
        tell(Boolean(lock));
        return lock && released;
      });
    });
  }

  #rename() {
    this.id = this.newId();
    this.storage.setItem(key, this.id);
    return this.id;
  }
}
