/**
 * Collects items and delivers them together, once a frame, or four times a second where no frames
 * are drawn.
 */
export function perFrame(deliver) {
  let waiting = [];
  let frame;
  let timer;

  function flush() {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    const items = waiting;
    waiting = [];
    if (items.length) deliver(items);
  }

  function add(item) {
    if (waiting.push(item) > 1) return;
    frame = requestAnimationFrame(flush);
    timer = setTimeout(flush, 250);
  }

  return { add, flush };
}
