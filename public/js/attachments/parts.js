import { later, partOf } from '../views/later.js';

const load = () => import('./strip.js');

/** Loaded when there is the first file to show. */
export const Strip = later(partOf(load, 'Strip'));
export const Sent = later(partOf(load, 'Sent'));
