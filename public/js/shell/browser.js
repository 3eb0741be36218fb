import { pollReply, readMe } from '../api.js';
import { takeConnection } from '../reading/connection-limit.js';
import { tabStorage } from './storage.js';

/** Everything of the browser that streams touch; tests hand in another one. */
export const browser = {
  EventSource: globalThis.EventSource,
  WebSocket: globalThis.WebSocket,
  location: globalThis.location,
  storage: tabStorage,
  pollReply,
  takeConnection,
  locks: globalThis.navigator?.locks,
  openChannel: globalThis.BroadcastChannel && ((name) => new BroadcastChannel(name)),
  now: () => performance.now(),
  setTimeout: (act, milliseconds) => setTimeout(act, milliseconds),
  clearTimeout: (timer) => clearTimeout(timer),

  isVisible: () => !document.hidden,
  isLoggedOut: () =>
    readMe().then(
      () => false,
      ({ status }) => status === 401,
    ),

  onVisibility(change) {
    document.addEventListener('visibilitychange', change);
    return () => document.removeEventListener('visibilitychange', change);
  },

  /**
   * A page that is put away into the back/forward cache must let go of what other tabs wait for,
   * and of what would keep the browser from keeping it.
   */
  onPutAway({ away, back }) {
    const stop = new AbortController();
    const { signal } = stop;
    addEventListener('pagehide', away, { signal });
    addEventListener('pageshow', ({ persisted }) => persisted && back(), { signal });
    return () => stop.abort();
  },

  /**
   * Calls `back` when the user or the network comes back; `surely` when open connections are surely
   * dead.
   */
  onReturn(back) {
    const stop = new AbortController();
    const { signal } = stop;
    addEventListener('online', () => back({ surely: true }), { signal });
    document.addEventListener(
      'visibilitychange',
      () => document.hidden || back({ surely: false }),
      { signal },
    );
    return () => stop.abort();
  },
};
