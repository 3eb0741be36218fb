import { t } from '../language/translate.js';
import { at } from '../shell/address.js';
import { frameParser } from './frames.js';

const beats = 'count=12&gap=250';

const withCursor = (path, after) =>
  after ? `${path}${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}` : path;

async function asked(path, accept, wire) {
  const answer = await fetch(path, { headers: { accept }, signal: wire.signal, cache: 'no-store' });
  const by = answer.headers.get('server');
  wire.note(`${answer.status}${by ? ` by ${by}` : ''} to GET ${path}`, answer.status >= 300);
  return answer;
}

/** A stream of events, read by hand, since an EventSource shows neither heartbeats nor `retry`. */
export const eventStream = {
  title: t('Server-sent events'),
  speaksFirst: true,

  path: ({ kind, reply }) =>
    ({
      reply: at(`/api/sse/${reply}`),
      feed: at('/api/events'),
      pattern: at(`/api/inspect/beat?${beats}`),
    })[kind],

  async read(source, after, wire) {
    const answer = await asked(withCursor(this.path(source), after), 'text/event-stream', wire);
    if (answer.status === 204) return 'over';
    if (!answer.ok) return 'refused';
    const reader = answer.body.getReader();
    const text = new TextDecoder();
    const parse = frameParser();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return 'ended';
      parse(text.decode(value, { stream: true })).forEach(wire.frame);
      await wire.lag();
    }
  },
};

export const socket = {
  title: 'WebSocket',
  speaksFirst: true,
  hint: t('Its heartbeats are pings, which a page is not shown.'),

  path: ({ kind, reply }) =>
    ({
      reply: at(`/api/ws/${reply}`),
      feed: at('/api/events/ws'),
      pattern: at(`/api/inspect/socket?${beats}`),
    })[kind],

  read(source, after, wire) {
    const path = withCursor(this.path(source), after);
    return new Promise((resolve, reject) => {
      const opened = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${path}`);
      let outcome = 'refused';
      wire.signal.addEventListener('abort', () => {
        opened.onmessage = null;
        opened.close();
        reject(wire.signal.reason);
      });
      opened.onopen = () => {
        outcome = 'ended';
        wire.note(`101 to WebSocket ${path}`);
      };
      let before = Promise.resolve();
      opened.onmessage = ({ data }) => {
        before = before.then(() => wire.signal.aborted || wire.frame(framed(data))).then(wire.lag);
      };
      opened.onclose = () => {
        if (outcome === 'refused') wire.note(t('No WebSocket: {path}', { path }), true);
        before.then(() => resolve(outcome));
      };
    });
  },
};

function framed(text) {
  const { id, event, data } = JSON.parse(text);
  return event ? { id, event, data: JSON.stringify(data) } : { event: 'beat', data: text };
}

export const longPoll = {
  title: t('Long polling'),

  path: ({ kind, reply }) =>
    ({
      reply: at(`/api/poll/${reply}`),
      feed: at('/api/events/poll'),
      pattern: at('/api/inspect/wait?seconds=3'),
    })[kind],

  async read(source, after, wire) {
    const began = performance.now();
    const path = withCursor(this.path(source), after);
    const answer = await asked(
      source.kind === 'pattern' ? path : `${path}${after ? '&' : '?'}wait=10`,
      'application/json',
      wire,
    );
    if (!answer.ok) return 'refused';
    const { events, waited } = await answer.json();
    if (!events) {
      wire.frame({ event: 'beat', data: `{"waited":${waited}}` });
      return 'over';
    }
    events.forEach(({ id, event, data }) => wire.frame({ id, event, data: JSON.stringify(data) }));
    await wire.lag();
    if (events.length) return 'more';
    const atOnce = performance.now() - began < 5_000;
    if (!atOnce) wire.frame({ comment: t('nothing new') });
    return atOnce && source.kind === 'reply' ? 'over' : 'more';
  },
};

export const transports = [eventStream, socket, longPoll];
