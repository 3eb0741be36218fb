import '../shared.js';
import './icons.js';

/** What the palette and its kin consist of, as one part. */
export { ModelPicker } from './model-picker.js';
export { Palette } from './palette.js';
export { Settings } from './settings.js';
export { ShortcutSheet } from './shortcut-sheet.js';
