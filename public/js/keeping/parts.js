import '../shared.js';

/** All that is rarely wanted, as one part: several would cut up what the page has of them all. */
export { DataDialog } from './data-dialog.js';
export { EditDialog } from './edit-reply.js';
export { Menu } from './message-menu.js';
export { ShareDialog } from './share-dialog.js';
