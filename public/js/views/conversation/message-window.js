import { useEffect, useRef, useState } from 'preact/hooks';
import { notWhenIdle, whenIdle } from '../../shell/idle.js';
import { costOf, firstWindow, nextWindow } from '../../reading/message-window.js';

// What is drawn above the reader later must not move what they read: the browser sees to that.
const holdsStill = globalThis.CSS?.supports('overflow-anchor', 'auto');

const all = { from: 0, to: Infinity };

/**
 * Which messages to draw for now, by their places; those that come later are `isFar` from where the
 * reader began: at the message `start`, or at the end. On paper all of them are.
 */
export function useMessageWindow(path, start) {
  const [wider, setWider] = useState(null);
  const first = useRef(null);
  if (path.length) first.current ??= holdsStill ? firstOf(path, start) : all;
  const { from, to } = wider ?? first.current ?? all;
  const isWhole = from === 0 && to === Infinity;
  useEffect(() => {
    if (isWhole) return undefined;
    const widen = () => setWider((now) => nextWindow(now ?? first.current, costsOf(path)));
    const waiting = whenIdle(widen);
    return () => notWhenIdle(waiting);
  });
  useEffect(() => {
    const whole = () => setWider(all);
    addEventListener('beforeprint', whole);
    return () => removeEventListener('beforeprint', whole);
  }, []);
  const begin = Math.min(from, path.length - 1);
  return {
    has: (place) => place >= begin && place < to,
    isFar: (place) => place < first.current.from || place >= first.current.to,
  };
}

const costsOf = (path) => path.map((message) => costOf(message.peek()));

function firstOf(path, start) {
  const at = path.findIndex((message) => message.peek().id === start);
  return firstWindow(costsOf(path), at < 0 ? undefined : at);
}
