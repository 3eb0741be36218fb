// What keeps the page's own files readable; `vendor` is others'.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { fileOf } from './support/page.js';

const root = fileURLToPath(fileOf('js'));
const files = readdirSync(root, { recursive: true }).filter((name) => name.endsWith('.js'));
const linesOf = (name) => readFileSync(join(root, name), 'utf8').split('\n');

test('no line is wider than 100 columns', () => {
  const wide = files.flatMap((name) =>
    linesOf(name).flatMap((line, place) => ([...line].length > 100 ? `${name}:${place + 1}` : [])),
  );
  assert.deepEqual(wide, []);
});

test('no file has more than 200 lines', () => {
  assert.deepEqual(files.filter((name) => linesOf(name).length > 200), []);
});

test('no room has more than 25 files', () => {
  const sizes = {};
  for (const room of files.map(dirname)) sizes[room] = (sizes[room] ?? 0) + 1;
  assert.deepEqual(Object.entries(sizes).filter(([, size]) => size > 25), []);
});

test('nothing is imported that is not used', () => {
  const unused = files.flatMap((name) => {
    const text = linesOf(name).join('\n');
    const imported = [...text.matchAll(/^import (?:\* as (\w+)|\{([^}]*)\}|(\w+)) from/gm)];
    const names = imported.flatMap(([, all, some, one]) =>
      (all ?? one ?? some).split(',').map((each) => each.trim().split(' as ').at(-1)),
    );
    const isUnused = (one) => one && text.split(new RegExp(`\\b${one}\\b`)).length < 3;
    return names.filter(isUnused).map((one) => `${name}: ${one}`);
  });
  assert.deepEqual(unused, []);
});

test('each address of the server is written by at(), so that it is found below a path too', () => {
  const rooted = /(?<!\bat\(|=== |split\(|call\('[A-Z]+', |href\^=)(['"`])\/(?:\1|[cs]\/|\w{2}(?!\w*': \[))|\}\/(?:api|c|s|v1)\//;
  const found = files.filter((name) => name !== 'shell/address.js').flatMap((name) =>
    linesOf(name).flatMap((line, place) =>
      rooted.test(line) && !/^ *(?:\*|\/\/|\/\*)/.test(line) ? `${name}:${place + 1}` : [],
    ),
  );
  assert.deepEqual(found, []);
});

test('style sheets name no side that is another one where lines run from right to left', () => {
  const side = /(?:^|[^-\w])(?:(?:margin|padding|border)-)?(?:left|right)\s*:|: (?:left|right)\b/;
  const meant = /\.align-|\.code-block \{|\[dir="rtl"\]/;
  const found = readdirSync(fileURLToPath(fileOf('css'))).flatMap((name) =>
    readFileSync(fileOf(`css/${name}`), 'utf8').split('\n').filter((line) =>
      side.test(line) && !meant.test(line)).map((line) => `${name}: ${line.trim()}`));
  assert.deepEqual(found, []);
});

test('no text area has dir="auto", with which a long paste costs twice as much', () => {
  const found = files.filter((name) =>
    /<textarea[^>]*dir="auto"/.test(linesOf(name).join('\n')));
  assert.deepEqual(found, []);
});

test('style sheets and the manifest name other files from where they are', () => {
  const named = readdirSync(fileURLToPath(fileOf('css')))
    .map((name) => readFileSync(fileOf(`css/${name}`), 'utf8'))
    .concat(readFileSync(fileOf('manifest.webmanifest'), 'utf8'));
  assert.ok(named.every((text) => !/url\(["']?\/|": "\//.test(text)));
});

/** All files that one imports, and those import, but not what is loaded later. */
function importsOf(name, found = new Set()) {
  if (found.has(name) || !files.includes(name)) return found;
  found.add(name);
  for (const [, path] of linesOf(name).join('\n').matchAll(/(?:^|from )(?:import )?'(\.[^']+)'/gm))
    importsOf(join(dirname(name), path), found);
  return found;
}

test('what the page shares with parts that are loaded later is one file, since shared.js names it', () => {
  const shared = importsOf('shared.js');
  const page = importsOf('main.js');
  const parts = files.flatMap((name) =>
    [...linesOf(name).join('\n').matchAll(/import\('(\.[^']+)'\)/g)].map(([, path]) =>
      join(dirname(name), path)));
  const cut = parts.flatMap((part) => [...importsOf(part)])
    .filter((name) => page.has(name) && !shared.has(name));
  assert.ok(parts.includes('chat-actions/parts.js') && shared.has('api.js'));
  assert.deepEqual([...new Set(cut)], []);
});
