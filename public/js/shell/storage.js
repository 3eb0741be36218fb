import { base } from './address.js';

// A browser may forbid storage altogether, or have no room left: the page then keeps in memory what
// it cannot store, for as long as the tab lives.

function inMemory() {
  const items = new Map();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
    keys: () => [...items.keys()],
  };
}

/**
 * `stored` is a Storage of the browser; what it refuses, for its quota say, is kept in memory.
 * Other servers may live at other paths of this host, so each key begins with this one's.
 */
export function withFallback(stored) {
  const memory = inMemory();
  return {
    getItem: (key) => memory.getItem(key) ?? stored.getItem(base + key),
    setItem(key, value) {
      try {
        stored.setItem(base + key, value);
        memory.removeItem(key);
      } catch {
        memory.setItem(key, value);
      }
    },
    removeItem(key) {
      memory.removeItem(key);
      stored.removeItem(base + key);
    },
    keys() {
      const ours = Object.keys(stored).filter((key) => key.startsWith(base));
      return [...new Set([...ours.map((key) => key.slice(base.length)), ...memory.keys()])];
    },
  };
}

function openStorage(name) {
  try {
    globalThis[name].getItem('');
    return withFallback(globalThis[name]);
  } catch {
    return inMemory();
  }
}

export const tabStorage = openStorage('sessionStorage');
export const lastingStorage = openStorage('localStorage');

/** An object that was stored as JSON; `empty` where there is none, or one that cannot be read. */
export function storedObject(storage, key, empty) {
  try {
    return JSON.parse(storage.getItem(key)) ?? empty;
  } catch {
    return empty;
  }
}
