/** Fails with the reason when the signal is aborted. */
export const aborted = (signal) =>
  new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
