/**
 * While an input method composes a character, Enter and Escape belong to it. Safari ends the
 * composition before its key, and tells so only by the key code.
 */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

export const isMac = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');

/** Where there is only a touch screen, Enter is for a new line, and focus opens the keyboard. */
export const keyboard = globalThis.matchMedia?.('(pointer: fine)') ?? { matches: true };
