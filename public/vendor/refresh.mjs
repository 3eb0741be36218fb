// Fetches the libraries named below from npm again and rewrites README.md: `node public/vendor/refresh.mjs`.
// To move to another version, change it here, run this, and read the diff.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const languages = ['bash', 'c', 'cpp', 'css', 'diff', 'go', 'java', 'javascript', 'json', 'kotlin', 'markdown',
  'python', 'rust', 'sql', 'typescript', 'xml', 'yaml'];

const libraries = [
  ['preact', '11.2.0', 'MIT', { 'dist/preact.mjs': 'preact.js', 'hooks/dist/hooks.mjs': 'hooks.js' }],
  ['htm', '3.1.1', 'Apache-2.0', { 'dist/htm.mjs': 'htm.js' }],
  ['@preact/signals', '2.11.4', 'MIT', { 'dist/signals.mjs': 'signals.js' }],
  ['@preact/signals-core', '1.14.5', 'MIT', { 'dist/signals-core.mjs': 'signals-core.js' }],
  ['markdown-it', '15.0.3', 'MIT', { 'dist/browser/markdown-it.esm.min.mjs': 'markdown-it.js' }],
  ['temml', '0.13.5', 'MIT', {
    'dist/temml.min.js': 'temml.js', 'dist/Temml-Local.css': 'temml.css', 'dist/Temml.woff2': 'Temml.woff2',
  }],
  ['@mermaid-js/tiny', '11.17.2', 'MIT', { 'dist/mermaid.tiny.js': 'mermaid.js' }],
  ['@highlightjs/cdn-assets', '11.12.0', 'BSD-3-Clause', {
    'es/core.min.js': 'core.js',
    ...Object.fromEntries(languages.map((name) => [`es/languages/${name}.min.js`, `languages/${name}.js`])),
  }],
];

// Temml's small file is a script: this line makes it a module.
const endings = { 'temml/temml.js': '\nexport default temml;\n' };

const vendor = dirname(fileURLToPath(import.meta.url));
const folderOf = (library) => library.replace(/^@preact\//, '').replace(/^@highlightjs\/.*/, 'highlight')
  .replace(/^@mermaid-js\/.*/, 'mermaid');

function unpack(library, version, into) {
  const packed = execFileSync('npm', ['pack', `${library}@${version}`, '--silent', '--pack-destination', into]);
  execFileSync('tar', ['-xzf', join(into, packed.toString().trim()), '-C', into]);
  return join(into, 'package');
}

function take([library, version, licence, files]) {
  const scratch = mkdtempSync(join(tmpdir(), 'vendor-'));
  const unpacked = unpack(library, version, scratch);
  const rows = Object.entries({ ...files, LICENSE: 'LICENSE' }).map(([from, to]) => {
    const path = join(folderOf(library), to);
    mkdirSync(dirname(join(vendor, path)), { recursive: true });
    copyFileSync(join(unpacked, from), join(vendor, path));
    appendFileSync(join(vendor, path), endings[path] ?? '');
    const checksum = createHash('sha256').update(readFileSync(join(vendor, path))).digest('hex');
    return `| ${path} | ${library} ${version} | ${licence} | ${checksum} |`;
  });
  rmSync(scratch, { recursive: true });
  return rows;
}

const introduction = readFileSync(join(vendor, 'README.md'), 'utf8').split('\n| file')[0];
const table = ['| file | package | licence | SHA-256 |', '| --- | --- | --- | --- |', ...libraries.flatMap(take)];
writeFileSync(join(vendor, 'README.md'), `${introduction}\n${table.join('\n')}\n`);
