import { isRunning } from './reply.js';

/**
 * Of all messages those replies to one prompt that run side by side, with what was asked for at the
 * same moment; the first model's, which is the newest, first. Empty where they are not several.
 */
export function runningTogether(messages) {
  const running = messages.filter(isRunning);
  const isOne = ({ id, parent, created }) =>
    running.some((other) =>
      other.parent === parent && (other.id === id || other.created === created));
  const together = running.length ? messages.filter(isOne) : [];
  const answered = together.filter(({ role }) => role === 'assistant');
  return answered.length > 1 ? answered.map(({ id }) => id).sort().reverse() : [];
}
