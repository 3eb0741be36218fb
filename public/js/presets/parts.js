/** The dialogs about how a chat begins and is answered, as one part. */
export { PresetsDialog } from './presets-dialog.js';
export { SettingsDialog } from './settings-dialog.js';
export { VariablesDialog } from './variables-dialog.js';
