/** Safari has no such thing. */
export const whenIdle = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 20));
export const notWhenIdle = globalThis.cancelIdleCallback ?? clearTimeout;
