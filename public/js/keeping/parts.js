/** All that is rarely wanted, in one part: each part of its own would cut the others into pieces. */
export { DataDialog } from './data-dialog.js';
export { Menu } from './message-menu.js';
export { ShareDialog } from './share-dialog.js';
