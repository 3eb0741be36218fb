import { isMac } from '../shell/keyboard.js';

const onMac = { Ctrl: '⌘', Shift: '⇧', Alt: '⌥' };

/** The names of keys as they stand on the keyboard; `keys` is written like Ctrl+Shift+O. */
export const keysOf = (keys, mac = isMac) =>
  keys.split('+').map((key) => (mac && onMac[key]) || key);
