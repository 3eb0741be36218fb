import { at } from '../shell/address.js';

/** At log-out nothing that was read stays behind, also where sw.js does not see it. */
export async function forgetRead() {
  try {
    const { caches } = globalThis;
    const names = (await caches?.keys()) ?? [];
    const read = names.filter((name) => name.startsWith(`${at('/')} read `));
    await Promise.allSettled(read.map((name) => caches.delete(name)));
  } catch {
    // Where Cache Storage refuses, a log-out goes on all the same.
  }
}
