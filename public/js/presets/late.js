// All that is loaded when the first of it is used: one part, so that the page has few files.
export { QueueList } from '../queue/queue-list.js';
export { Dialogs } from './dialogs.js';
export { openLinked } from './linked-chat.js';
export { SlashMenu } from './slash-menu.js';
