const longest = 500;

/** Calls back when there is nothing else to do, and soon in any case. */
export const whenIdle = globalThis.requestIdleCallback
  ? (act) => requestIdleCallback(act, { timeout: longest })
  : (act) => setTimeout(act, 20);
export const notWhenIdle = globalThis.cancelIdleCallback ?? clearTimeout;
