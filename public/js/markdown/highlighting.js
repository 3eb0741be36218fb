import { signal } from '@preact/signals';
import { lazily } from '../shell/lazy-parts.js';

const aliases = {
  sh: 'bash', shell: 'bash', zsh: 'bash', console: 'bash', h: 'c', 'c++': 'cpp', cc: 'cpp',
  golang: 'go', js: 'javascript', mjs: 'javascript', jsx: 'javascript', kt: 'kotlin',
  md: 'markdown', py: 'python', rs: 'rust', postgresql: 'sql', ts: 'typescript',
  tsx: 'typescript', html: 'xml', svg: 'xml', yml: 'yaml', patch: 'diff',
};

const languages = {
  bash: () => import('../../vendor/highlight/languages/bash.js'),
  c: () => import('../../vendor/highlight/languages/c.js'),
  cpp: () => import('../../vendor/highlight/languages/cpp.js'),
  css: () => import('../../vendor/highlight/languages/css.js'),
  diff: () => import('../../vendor/highlight/languages/diff.js'),
  go: () => import('../../vendor/highlight/languages/go.js'),
  java: () => import('../../vendor/highlight/languages/java.js'),
  javascript: () => import('../../vendor/highlight/languages/javascript.js'),
  json: () => import('../../vendor/highlight/languages/json.js'),
  kotlin: () => import('../../vendor/highlight/languages/kotlin.js'),
  markdown: () => import('../../vendor/highlight/languages/markdown.js'),
  python: () => import('../../vendor/highlight/languages/python.js'),
  rust: () => import('../../vendor/highlight/languages/rust.js'),
  sql: () => import('../../vendor/highlight/languages/sql.js'),
  typescript: () => import('../../vendor/highlight/languages/typescript.js'),
  xml: () => import('../../vendor/highlight/languages/xml.js'),
  yaml: () => import('../../vendor/highlight/languages/yaml.js'),
};

const tooLong = 60_000;
const core = signal(null);
const grammars = new Map();

function load(name) {
  if (grammars.has(name)) return;
  grammars.set(name, false);
  const parts = () => Promise.all([
    import('../../vendor/highlight/core.js'),
    languages[name](),
  ]);
  lazily(parts).then(([library, grammar]) => {
    library.default.registerLanguage(name, grammar.default);
    // The first use compiles the grammar, which on a slow device is a task of its own.
    library.default.highlight(' ', { language: name });
    grammars.set(name, true);
    // Another object each time, so that blocks that wait for this grammar are drawn again.
    core.value = { highlight: library.default.highlight };
  }, () => grammars.delete(name));
}

/** The grammars may need the square of a line's length. */
const isHighlighted = (code) => code.length <= tooLong && !/[^\n]{4000}/.test(code);

function treeOf(code, language) {
  try {
    // The tree before it becomes HTML: only the library's emitter has it.
    const { _emitter } = core.value.highlight(code, { language, ignoreIllegals: true });
    return _emitter.rootNode.children;
  } catch (error) {
    console.error(error);
    return null;
  }
}

/**
 * What makes of code a tree of `{scope, children}` and strings, or null where it is to be shown
 * plain. There is none for languages that are not known, or not here yet.
 */
export function highlighter(language) {
  const name = aliases[language] ?? language;
  if (!Object.hasOwn(languages, name)) return null;
  if (core.value && grammars.get(name))
    return (code) => (isHighlighted(code) ? treeOf(code, name) : null);
  load(name);
  return null;
}
