// What a reply is after an event. Pure: every reader, live or late, tab or test, comes to the same
// text.

import { runsOf, withMore } from './runs.js';

const changes = {
  start: (reply, { model, resumed }) =>
    resumed ? { ...reply, model } : { ...reply, model, content: '', reasoning: '', runs: [] },
  reasoning: (reply, { content }) => ({
    ...reply,
    reasoning: reply.reasoning + content,
    runs: withMore(runsOf(reply), 'reasoning', content),
  }),
  message: (reply, { content }) => ({
    ...reply,
    content: reply.content + content,
    runs: withMore(runsOf(reply), 'text', content),
  }),
  stop: (reply, { status, finish_reason, usage, error }) => ({
    ...reply,
    status,
    finish_reason,
    usage,
    error,
  }),
};

export const eventNames = Object.keys(changes);

export function newPrompt({ id, parent, content, files = [] }) {
  const beside = files.length > 0 && { attachments: files };
  return { id, parent, content, role: 'user', status: 'complete', created: Date.now(), ...beside };
}

export function newReply({ id, parent, model }) {
  return {
    id,
    parent,
    model,
    role: 'assistant',
    content: '',
    reasoning: '',
    runs: [],
    status: 'streaming',
    created: Date.now(),
  };
}

export function read(reply, { id, event, data }) {
  if (!Object.hasOwn(changes, event) || !isRunning(reply)) return reply;
  // An event that adds text always moves the cursor, so the same cursor again is the same text
  // again.
  const repeated = event !== 'start' && id === reply.cursor;
  return repeated ? reply : { ...changes[event](reply, data), cursor: id };
}

export function reopen(reply) {
  return { ...reply, status: 'streaming', finish_reason: null, error: null };
}

/**
 * A stored message comes without the cursor of its end; the known one is still right where the text
 * is the same.
 */
export function keepCursor(stored, known) {
  const same = known?.content === stored.content && known?.reasoning === stored.reasoning;
  return !stored.cursor && same && known.cursor ? { ...stored, cursor: known.cursor } : stored;
}

export const isRunning = (message) => message.status === 'streaming';

export function canContinue({ status, finish_reason, content }) {
  if (status === 'complete') return finish_reason === 'length';
  return (
    status === 'interrupted' || status === 'stopped' || (status === 'failed' && Boolean(content))
  );
}
