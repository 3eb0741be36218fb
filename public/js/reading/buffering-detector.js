// A proxy that buffers lets nothing through for a while and then everything at once. A quick model
// also sends many events in no time, but it does not stop between them again and again.

const silence = 1500;
const instant = 150;
const many = 8;
const tolerated = 1;

export function bufferingDetector() {
  let began = -Infinity;
  let last = -Infinity;
  let count = 0;
  let bursts = 0;

  /** Notes an event that came at `now` (ms); true once the stream has come in bursts. */
  return function looksBuffered(now) {
    if (now - last < silence) {
      count += 1;
    } else {
      const wasBurst = count >= many && last - began <= instant;
      bursts = wasBurst ? bursts + 1 : 0;
      began = now;
      count = 1;
    }
    last = now;
    return bursts > tolerated;
  };
}
