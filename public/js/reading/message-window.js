// Of a long talk the end is drawn at first, or what is around the place where the reader was, and
// the rest when the browser has nothing else to do, in slices that take a few milliseconds each.

const atFirst = 12_000;
const inSlice = 3_000;
const ofFrame = 300;

/** What it costs to draw a message, in characters. */
export const costOf = ({ content, reasoning = '' }) => content.length + reasoning.length + ofFrame;

/** `[from, to)` around the message at the place `at`, or at the end. */
export const firstWindow = (costs, at = costs.length - 1) =>
  wider({ from: Math.max(at, 0), to: Math.max(at, 0) + 1 }, costs, atFirst);

export const nextWindow = (window, costs) => wider(window, costs, inSlice);

/** At least one message more on each side, until `most` is used up. */
function wider({ from, to }, costs, most) {
  for (let left = most; from > 0 && left > 0; ) left -= costs[(from -= 1)];
  for (let left = most; to < costs.length && left > 0; to += 1) left -= costs[to];
  // What comes behind the end is drawn at once.
  return { from, to: to >= costs.length ? Infinity : to };
}
