import { at } from '../shell/address.js';

/** At log-out nothing that was read stays behind, also where sw.js does not see it. */
export async function forgetRead(caches = globalThis.caches) {
  const names = (await caches?.keys()) ?? [];
  const read = names.filter((name) => name.startsWith(`${at('/')} read `));
  await Promise.all(read.map((name) => caches.delete(name)));
}
