import { isRunning } from './reply.js';

/**
 * Of all messages those replies to the newest prompt that run side by side, with what was asked for
 * at the same moment; the first model's, which is the newest, first. Empty where they are not
 * several. A reply to an earlier prompt may seem to run for as long as its end is on its way.
 */
export function runningTogether(messages) {
  const { parent } = messages.filter(isRunning).sort(byId).at(-1) ?? {};
  const replies = messages.filter((each) => each.role === 'assistant' && each.parent === parent);
  const began = new Set(replies.filter(isRunning).map(({ created }) => created));
  const together = replies.filter((each) => isRunning(each) || began.has(each.created));
  return together.length > 1 ? together.map(({ id }) => id).sort().reverse() : [];
}

const byId = (one, other) => (one.id < other.id ? -1 : 1);
