import { LoneFeed } from './visible-tab-feed.js';
import { SharedFeed } from './shared-feed.js';

/** Opens the user's notifications: one stream for all tabs where the browser lets them agree on it. */
export const feedOf = (world) => (options) =>
  world.locks && world.openChannel ? new SharedFeed({ world, ...options }) : new LoneFeed({ world, ...options });
