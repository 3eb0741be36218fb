const longest = 250;
const ofFrame = 16;

/**
 * Collects items and delivers them together, once a frame, or four times a second where no frames
 * are drawn. Where to draw them takes longer than a frame, twice that time is left to the reader in
 * between, who scrolls and types meanwhile.
 */
export function perFrame(deliver, now = () => performance.now()) {
  let waiting = [];
  let notBefore = 0;
  let frame;
  let timer;

  function flush() {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    const items = waiting;
    waiting = [];
    if (items.length) deliver(items);
  }

  function flushInFrame() {
    const began = now();
    if (began < notBefore) {
      frame = requestAnimationFrame(flushInFrame);
      return;
    }
    flush();
    // Once this frame is drawn.
    setTimeout(() => {
      const took = now() - began;
      notBefore = took > ofFrame ? began + Math.min(3 * took, took + longest) : 0;
    });
  }

  function add(item) {
    if (waiting.push(item) > 1) return;
    frame = requestAnimationFrame(flushInFrame);
    timer = setTimeout(flush, longest);
  }

  return { add, flush };
}
