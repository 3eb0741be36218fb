import { backoff } from '../reading/backoff.js';
import { isUnreachable } from '../api.js';

/**
 * A version 4 UUID; `crypto.randomUUID` exists only on https and localhost, and many servers here
 * have neither.
 */
export function newId(crypto = globalThis.crypto) {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The same send keeps its id, also after a reload, so that the server can see that it is the same.
 * Where the page did not know its models yet, before or now, the send is what it was.
 */
export function withId({ model, models, ...wanted }, unsent) {
  const { id, model: modelBefore, models: modelsBefore, ...before } = unsent ?? {};
  // A reload forgets all models but the first.
  const by = models?.join() ?? model;
  const byBefore = models ? modelsBefore?.join() : modelsBefore?.[0];
  const known = byBefore ?? modelBefore;
  const same =
    JSON.stringify(before) === JSON.stringify(wanted) && (!by || !known || by === known);
  return same && id ? unsent : { ...wanted, model, models, id: newId() };
}

/**
 * Sends until the server answers, with one id, so that however often it arrives it is asked once.
 */
export async function deliver(send, { post, pause, onRetry, signal }) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await post(send, signal);
    } catch (error) {
      if (signal.aborted || !isUnreachable(error)) throw error;
      onRetry();
      await pause(backoff(attempt), signal);
    }
  }
}

/** Waits, or less when the network comes back. */
export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const end = (act) => () => {
      clearTimeout(timer);
      done.abort();
      act();
    };
    const timer = setTimeout(end(resolve), milliseconds);
    addEventListener('online', end(resolve), { signal: done.signal });
    signal.addEventListener(
      'abort',
      end(() => reject(signal.reason)),
      { signal: done.signal },
    );
  });
}
