import { t, tn } from '../language/translate.js';
import { element } from '../shell/element.js';
import { Recorder } from './recorder.js';

const mostRows = 400;
const longGap = 1_000;

const words = {
  idle: t('not begun'),
  connecting: t('connecting'),
  reading: t('reading'),
  reconnecting: t('reconnecting'),
  offline: t('offline'),
  over: t('all is read'),
  refused: t('refused'),
};

/** A column: the line's name, its state and figures, and the frames as they come. */
export function recorderView(transport, { onChange }) {
  const state = element('span', { className: 'recorder-state' });
  const stats = element('p', { className: 'stats' });
  const rows = element('div', {
    className: 'recorder-rows',
    tabIndex: 0,
    role: 'log',
    ariaLabel: t('Frames by {title}', transport),
    ariaLive: 'off',
  });
  const recorder = new Recorder(transport, {
    onRow: (row) => append(rows, rowView(row)),
    onClear: () =>
      rows.replaceChildren(...(transport.hint ? [rowView({ said: transport.hint })] : [])),
    onChange() {
      state.textContent = words[recorder.state];
      state.dataset.state = recorder.state;
      stats.textContent = figures(recorder.stats);
      onChange();
    },
  });
  const head = element(
    'div',
    { className: 'recorder-head' },
    element('h2', { textContent: transport.title }),
    state,
    stats,
  );
  return {
    recorder,
    node: element('section', { className: 'recorder', ariaLabel: transport.title }, head, rows),
  };
}

function append(rows, row) {
  const following = rows.scrollHeight - rows.scrollTop - rows.clientHeight < 40;
  rows.append(row);
  if (rows.childElementCount > mostRows) rows.firstElementChild.remove();
  if (following) rows.scrollTop = rows.scrollHeight;
}

function rowView({ said, trouble, gap, event, id, data, comment, retry }) {
  if (said !== undefined) {
    return element(
      'div',
      { className: `frame note${trouble ? ' trouble' : ''}` },
      element('span'),
      element('span', { className: 'said', textContent: said }),
    );
  }
  const isComment = data === undefined && comment !== undefined;
  const name = isComment ? ': heartbeat' : (event ?? 'message');
  return element(
    'div',
    { className: `frame ${isComment ? 'comment' : event}`, tabIndex: -1 },
    element('span', {
      className: `gap${gap >= longGap ? ' long' : ''}`,
      textContent: t('+{gap} ms', { gap }),
    }),
    element('span', { className: 'name', textContent: name }),
    element('span', { className: 'data', textContent: isComment ? comment : data }),
    id || retry
      ? element('span', {
          className: 'id',
          textContent: [id && `id ${id}`, retry && `retry ${retry}`].filter(Boolean).join('   '),
        })
      : null,
  );
}

function figures({ frames, bytes, heartbeats, connections, text }) {
  return [
    tn(frames, '{count} frame', '{count} frames'),
    tn(bytes, '{count} byte of data', '{count} bytes of data'),
    heartbeats && tn(heartbeats, '{count} heartbeat', '{count} heartbeats'),
    tn(connections, '{count} connection', '{count} connections'),
    text && tn(text.length, '{count} character', '{count} characters'),
  ]
    .filter(Boolean)
    .join(' · ');
}
