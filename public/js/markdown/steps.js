import { useEffect, useRef, useState } from 'preact/hooks';

const step = 8_000;

/**
 * As much of a text as can be drawn at a time: what comes in bulk, such as a long reply from the
 * store, is drawn in steps, a frame each.
 */
export function useSteps(text) {
  const drawn = useRef(0);
  const [, drawOn] = useState(0);
  const end = Math.min(text.length, drawn.current + step);
  drawn.current = end;
  useEffect(() => {
    if (end === text.length) return undefined;
    const frame = requestAnimationFrame(() => drawOn(end));
    return () => cancelAnimationFrame(frame);
  }, [end, text]);
  return text.slice(0, end);
}
