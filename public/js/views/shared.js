// What parts that are loaded late share with the page. Each imports this file, so that all of it is
// one script: the bundler makes one for each set of parts that share something.
import '@preact/signals';
import 'preact';
import 'preact/hooks';
import './copy-button.js';
import './html.js';
import '../shell/lazy-parts.js';
