import '../shared.js';

/** How a chat begins and is answered, and what waits in it, as one part. */
export { QueueList } from '../prompt-queue/queue-list.js';
export { openLinked } from './linked-chat.js';
export { PresetsDialog } from './presets-dialog.js';
export { SettingsDialog } from './settings-dialog.js';
export { SlashMenu } from './slash-menu.js';
export { VariablesDialog } from './variables-dialog.js';
