import { pollReply } from './api.js';
import { tabStorage } from './storage.js';

/** Everything of the browser that a reply stream touches; tests hand in another one. */
export const browser = {
  EventSource: globalThis.EventSource,
  WebSocket: globalThis.WebSocket,
  location: globalThis.location,
  storage: tabStorage,
  pollReply,
  now: () => performance.now(),
  setTimeout: (act, milliseconds) => setTimeout(act, milliseconds),
  clearTimeout: (timer) => clearTimeout(timer),

  /** Calls `back` when the user or the network comes back; `surely` when open connections are surely dead. */
  onReturn(back) {
    const stop = new AbortController();
    const { signal } = stop;
    addEventListener('online', () => back({ surely: true }), { signal });
    addEventListener('pageshow', ({ persisted }) => back({ surely: persisted }), { signal });
    document.addEventListener('visibilitychange', () => document.hidden || back({ surely: false }), { signal });
    return () => stop.abort();
  },
};
