/**
 * While an input method composes a character, Enter and Escape belong to it. Safari ends the
 * composition before its key, and tells so only by the key code.
 */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

export const isMac = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');

/**
 * Where a touch screen is what people point with, Enter is for a new line, and focus opens the
 * keyboard. Who points with nothing at all has a keyboard.
 */
export const keyboard =
  globalThis.matchMedia?.('not all and (pointer: coarse)') ?? { matches: true };
