const first = 300;
const longest = 10_000;

/**
 * Milliseconds to wait before try number `attempt` (from 0); jitter keeps many pages from coming
 * back as one.
 */
export function backoff(attempt, random = Math.random) {
  return Math.min(longest, first * 2 ** attempt) * (0.5 + random() / 2);
}
