import '../shared.js';
import './icons.js';

/** All that is rarely wanted, as one part: several would cut up what the page has of them all. */
export { ChatMenu } from './chat-menu.js';
export { ChatOptions } from './chat-options.js';
export { DataDialog } from './data-dialog.js';
export { DeleteDialog } from './delete-dialog.js';
export { EditDialog } from './edit-reply.js';
export { MessageMenu } from './message-menu.js';
export { PromptEditor } from './prompt-editor.js';
export { RenameField } from './rename-field.js';
export { SelectionBar } from './selection-bar.js';
export { ShareDialog } from './share-dialog.js';
export { TagsDialog } from './tags-dialog.js';
