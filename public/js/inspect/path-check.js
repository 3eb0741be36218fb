import { t } from '../language/translate.js';
import { at } from '../shell/address.js';
import { frameParser } from './frames.js';

const count = 6;
const gap = 200;

/**
 * How a known pattern of events arrives: `sent` and `took` are the milliseconds from the first to
 * the last.
 */
export async function measureEvents(fetch, now) {
  const answer = await fetch(at(`/api/inspect/beat?count=${count}&gap=${gap}`), {
    headers: { accept: 'text/event-stream' },
    cache: 'no-store',
  });
  const server = answer.headers.get('server') ?? '';
  if (!answer.ok) return { server, status: answer.status, arrived: 0 };
  const times = [];
  const parse = frameParser();
  const text = new TextDecoder();
  for await (const bytes of pieces(answer.body)) {
    for (const _ of parse(text.decode(bytes, { stream: true }))) times.push(now());
  }
  return {
    server,
    status: answer.status,
    arrived: times.length,
    sent: (count - 1) * gap,
    took: Math.round(times.at(-1) - times[0]),
  };
}

// Not every browser can iterate a stream.
async function* pieces(body) {
  const reader = body.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}

const lines = (server) =>
  [
    !/caddy/i.test(server) && 'nginx:  proxy_http_version 1.1;  proxy_buffering off;  gzip off;',
    !/nginx|openresty/i.test(server) && 'Caddy:  reverse_proxy … { flush_interval -1 }',
  ].filter(Boolean);

/** What that says about the way between the server and this page. */
export function eventsVerdict({ server, status, arrived, sent, took }) {
  const by = server || t('A proxy in between');
  const times = { count, sent, took };
  if (status !== 200) {
    const text = t('The test stream was answered with {status}.', { status: String(status) });
    return { level: 'bad', text };
  }
  if (arrived < count)
    return {
      level: 'bad',
      text: t('Only {arrived} of {count} test events arrived.', { arrived, count }),
      lines: lines(server),
    };
  if (took < sent / 2) {
    return {
      level: 'bad',
      text: t('{by} holds events back: {count} that left within {sent} ms arrived within '
        + '{took} ms.', { by, ...times }),
      lines: lines(server),
    };
  }
  return {
    level: 'good',
    text: t('Nothing holds events back: {count} that left within {sent} ms arrived within '
      + '{took} ms.', times),
  };
}

/** How many of two messages come through a WebSocket. */
export function measureSocket(WebSocket, origin) {
  return new Promise((resolve) => {
    const socket = new WebSocket(
      `${origin.replace(/^http/, 'ws')}${at('/api/inspect/socket')}?count=2&gap=100`,
    );
    let messages = 0;
    socket.onmessage = () => {
      messages += 1;
    };
    socket.onclose = () => resolve(messages);
    setTimeout(() => socket.close(), 5_000);
  });
}

export function socketVerdict(messages, server) {
  if (messages === 2) return { level: 'good', text: t('WebSockets come through.') };
  return {
    level: 'note',
    text: t('WebSockets do not come through. The page does without them.'),
    lines: /caddy/i.test(server)
      ? []
      : [
          'nginx:  proxy_http_version 1.1;  proxy_set_header Upgrade $http_upgrade;  '
            + 'proxy_set_header Connection "upgrade";',
        ],
  };
}
