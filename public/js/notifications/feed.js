import { VisibleTabFeed } from './visible-tab-feed.js';
import { SharedFeed } from './shared-feed.js';

/**
 * Opens the user's notifications: one stream for all tabs where the browser lets them agree on it.
 */
export const feedOf = (browser) => (options) =>
  browser.locks && browser.openChannel
    ? new SharedFeed({ browser, ...options })
    : new VisibleTabFeed({ browser, ...options });
