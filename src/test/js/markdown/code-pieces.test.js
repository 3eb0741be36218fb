import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { colourNext, growCode, isColoured, isDue } = await page(
  'js/markdown/growth/code-pieces.js',
);
const { default: highlighter } = await page('vendor/highlight/core.js');

const textOf = ({ pieces }) =>
  pieces.flatMap(({ plain, tokens }) => [...tokens.map(({ text }) => text), ...plain]).join('');

const tokensOf = ({ pieces }) => pieces.flatMap(({ tokens }) => tokens);

/** Colours each line as one token, and counts what it was given. */
function colourer() {
  const colour = (code) => {
    colour.characters += code.length;
    return code.split(/(?<=\n)/).map((line) => ({ scope: 'line', children: [line] }));
  };
  colour.characters = 0;
  return colour;
}

const never = () => null;

async function colourerOf(language) {
  const grammar = await page(`vendor/highlight/languages/${language}.js`);
  highlighter.registerLanguage(language, grammar.default);
  return (code) => highlighter.highlight(code, { language })._emitter.rootNode.children;
}

function rested(known, colour) {
  let next = known;
  while (!isColoured(next)) next = colourNext(next, colour);
  return next;
}

function grow(code, step, colour) {
  let known = null;
  for (let end = step; end < code.length + step; end += step) {
    known = growCode(known, code.slice(0, end), colour);
    if (!isColoured(known) && isDue(known)) known = colourNext(known, colour);
  }
  return known;
}

const code = (lines) => Array.from({ length: lines }, (_, line) => `line ${line}\n`).join('');

test('the pieces are the code, coloured or not, wherever it was cut', () => {
  for (const colour of [colourer(), never]) {
    for (const step of [1, 7, 500]) {
      const text = `${code(500)}half a line`;
      assert.equal(textOf(grow(text, step, colour)), text);
      assert.equal(textOf(rested(grow(text, step, colour), colour)), text);
    }
  }
});

test('all pieces but the last have the same number of whole lines, coloured or not', () => {
  for (const colour of [colourer(), never]) {
    for (const step of [1, 7, 500]) {
      const { pieces } = grow(`${code(500)}half a line`, step, colour);
      assert.deepEqual(pieces.map(({ lines }) => lines), [...Array(15).fill(32), 21], `${step}`);
    }
  }
});

test('to colour code that grows costs a few times its length', () => {
  const colour = colourer();
  const text = code(5000);
  grow(text, 20, colour);
  assert.ok(colour.characters < 8 * text.length + 300_000, `${colour.characters}`);
});

test('no step colours more than two pieces, however long the code is', () => {
  const most = 64 * 'line 4999\n'.length;
  const colour = colourer();
  let known = growCode(null, code(5000), colour);
  while (!isColoured(known)) {
    const before = colour.characters;
    const next = colourNext(known, colour);
    assert.ok(colour.characters - before <= most);
    assert.equal(next.pieces.filter((piece, at) => piece !== known.pieces[at]).length, 1);
    known = next;
  }
});

const source = (file) => readFileSync(file, 'utf8').slice(0, 20_000);

const inAComment = `const a = 1;\n/*\n${code(150)}*/\nconst b = \`\n${code(90)}\`;\n`.repeat(2);
const inABlock = `:root {\n${'  --colour: light-dark(#fff, #000); /* a colour */\n'.repeat(150)}}\n`;

const written = [
  ['css', source('public/css/prose.css')], ['css', inABlock],
  ['javascript', source('public/js/api.js')], ['javascript', inAComment],
  ['xml', source('pom.xml')], ['bash', source('run.sh')],
  ['json', source('public/languages/de.json')], ['markdown', source('docs/performance.md')],
  ['sql', source('src/main/resources/db/migration/V13__search.sql')],
  ['yaml', source('src/package/compose.yaml')],
  ['python', source('src/test/openai/responses.py')],
  ['java', source('src/main/java/runnel/web/http/PageFiles.java')],
];

function tokensIn(node, scopes = []) {
  if (typeof node === 'string')
    return node.split(/(?<=\n)/).filter(Boolean).map((text) => ({ text, scopes }));
  const inside = node.scope ? [...scopes, node.scope] : scopes;
  return node.children.flatMap((child) => tokensIn(child, inside));
}

for (const [language, text] of written) {
  test(`${language} that grew is coloured as if all of it were read at once`, async () => {
    const colour = await colourerOf(language);
    const expected = tokensIn({ children: colour(text) });
    for (const step of [61, 997, text.length])
      assert.deepEqual(tokensOf(rested(grow(text, step, colour), colour)), expected, `${step}`);
  });
}

test('lines that look as before stay the same piece when more is coloured', () => {
  const before = rested(growCode(null, code(100), null), colourer());
  const after = rested(growCode(before, code(200), colourer()), colourer());
  assert.equal(after.pieces[0], before.pieces[0]);
  assert.equal(after.pieces[2], before.pieces[2]);
});

test('code that is not to be coloured is plain', () => {
  const after = rested(growCode(null, code(200), never), never);
  assert.deepEqual(tokensOf(after), []);
  assert.equal(textOf(after), code(200));
});

test('code that is not the old one with more behind it begins anew', () => {
  const before = growCode(null, 'a\nb', never);
  assert.equal(textOf(growCode(before, 'c', never)), 'c');
});
