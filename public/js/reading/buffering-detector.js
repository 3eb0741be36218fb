// A proxy that buffers lets nothing through for a while and then everything at once. A quick model also sends many
// events in no time, but it does not stop between them again and again.

const silence = 1500;
const instant = 150;
const many = 8;
const tolerated = 1;

export function lumpDetector() {
  let began = -Infinity;
  let last = -Infinity;
  let count = 0;
  let lumps = 0;

  /** Notes an event that came at `now` (ms); true once the stream has come in lumps. */
  return function comesInLumps(now) {
    if (now - last < silence) {
      count += 1;
    } else {
      const wasLump = count >= many && last - began <= instant;
      lumps = wasLump ? lumps + 1 : 0;
      began = now;
      count = 1;
    }
    last = now;
    return lumps > tolerated;
  };
}
