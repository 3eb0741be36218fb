import '../shared.js';

/** What is known of a reply, and replies beside each other, which show it too. */
export { Columns } from '../beside/columns.js';
export { Figures } from './figures.js';
