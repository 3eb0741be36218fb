// A browser may forbid storage altogether; the page then forgets, but it works.

function openStorage(name) {
  try {
    globalThis[name].getItem('');
    return globalThis[name];
  } catch {
    return inMemory();
  }
}

function inMemory() {
  const items = new Map();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  };
}

export const tabStorage = openStorage('sessionStorage');
export const lastingStorage = openStorage('localStorage');
