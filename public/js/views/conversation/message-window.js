import { useEffect, useState } from 'preact/hooks';
import { notWhenIdle, whenIdle } from '../../shell/idle.js';
import { costOf, firstWindow, nextWindow } from '../../reading/message-window.js';

// What is drawn above the reader later must not move what they read: the browser sees to that.
const holdsStill = globalThis.CSS?.supports('overflow-anchor', 'auto');

/** The messages to draw for now; `start` is the id of the one to begin at, if not at the end. */
export function useMessageWindow(path, start) {
  const [window, setWindow] = useState(null);
  const known = path.length > 0 && holdsStill ? (window ?? firstOf(path, start)) : null;
  const whole = !known || (known.from === 0 && known.to >= path.length);
  useEffect(() => {
    if (whole) return undefined;
    const widen = () => setWindow(nextWindow(known, path.map((message) => costOf(message.peek()))));
    const waiting = whenIdle(widen);
    return () => notWhenIdle(waiting);
  });
  return whole ? path : path.slice(Math.min(known.from, path.length - 1), known.to);
}

function firstOf(path, start) {
  const at = path.findIndex((message) => message.peek().id === start);
  return firstWindow(path.map((message) => costOf(message.peek())), at < 0 ? undefined : at);
}
