import '../shared.js';

/** What is known of a reply, and replies beside each other, which show it too. */
export { Columns } from '../side-by-side/columns.js';
export { Figures } from './figures.js';
