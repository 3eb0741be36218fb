// What the page shares with its parts that are loaded later. Each of them, and main.js, imports all
// of it, so that esbuild makes one file of it, and not one for each set of parts that share some.
import 'preact';
import 'preact/hooks';
import '@preact/signals';
import './api.js';
import './chats/delete-chat.js';
import './chats/deletions.js';
import './language/translate.js';
import './reading/context-use.js';
import './shell/actions.js';
import './shell/browser.js';
import './shell/clipboard.js';
import './shell/enter-key.js';
import './shell/error-text.js';
import './shell/keyboard.js';
import './shell/lazy-parts.js';
import './shell/popover-place.js';
import './shell/router.js';
import './shell/single-keys.js';
import './shell/storage.js';
import './views/copy-button.js';
import './views/dialog.js';
import './views/html.js';
import './views/icon.js';
import './views/later.js';
import './views/page-context.js';
import './views/text-box.js';
