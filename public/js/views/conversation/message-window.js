import { useEffect, useRef, useState } from 'preact/hooks';
import { notWhenIdle, whenIdle } from '../../shell/idle.js';
import { costOf, firstWindow, nextWindow } from '../../reading/message-window.js';

// What is drawn above the reader later must not move what they read: the browser sees to that.
const holdsStill = globalThis.CSS?.supports('overflow-anchor', 'auto');

const all = { from: 0, to: Infinity };

/**
 * Which messages to draw for now, by their places; those that come later are `isFar` from where the
 * reader began: at the message `start`, or at the end. On paper all of them are. Where another
 * `sought` is not among them it begins there anew.
 */
export function useMessageWindow(path, start, sought) {
  const [wider, setWider] = useState(null);
  const first = useRef(null);
  const known = useRef(sought);
  if (path.length) first.current ??= holdsStill ? firstOf(path, start) : all;
  if (known.current !== sought && path.length) {
    const place = placeIn(path, sought?.message);
    const { from, to } = shown(first.current, wider);
    if (place >= 0 && (place < from || place >= to)) first.current = firstOf(path, sought.message);
    known.current = sought;
  }
  const { from, to } = shown(first.current, wider);
  const isWhole = from === 0 && to === Infinity;
  useEffect(() => {
    if (isWhole) return undefined;
    const widen = () => setWider((now) => {
      const next = nextWindow(shown(first.current, now), costsOf(path));
      return { ...next, of: first.current };
    });
    const waiting = whenIdle(widen);
    return () => notWhenIdle(waiting);
  });
  useEffect(() => {
    const whole = () => setWider({ ...all, of: first.current });
    addEventListener('beforeprint', whole);
    return () => removeEventListener('beforeprint', whole);
  }, []);
  const begin = Math.min(from, path.length - 1);
  return {
    has: (place) => place >= begin && place < to,
    isFar: (place) => place < first.current.from || place >= first.current.to,
  };
}

/** What was widened counts for where it began. */
const shown = (first, wider) => (wider?.of === first ? wider : null) ?? first ?? all;

const placeIn = (path, id) => path.findIndex((message) => message.peek().id === id);

const costsOf = (path) => path.map((message) => costOf(message.peek()));

function firstOf(path, start) {
  const at = placeIn(path, start);
  return firstWindow(costsOf(path), at < 0 ? undefined : at);
}
