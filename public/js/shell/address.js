/** The path that the server lives below, as `/chat`, or nothing; the server writes it down. */
export const base = globalThis.document?.documentElement?.dataset?.base ?? '';

/** The address of a path of the server, as `/c/…` or `/api/…`. None is written without this. */
export const at = (path) => base + path;

/** Where the API is that the person who is logged in may use. */
export const apiPath = '/api';

/** The server's path in a path of this host. */
export function pathIn(address) {
  const below = address === base || address.startsWith(`${base}/`);
  return (below ? address.slice(base.length) : address) || '/';
}
