import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { growCode } = await page('js/markdown/growth/code-pieces.js');

const textOf = ({ pieces }) =>
  pieces.flatMap(({ plain, tokens }) => [...tokens.map(({ text }) => text), ...plain]).join('');

/** Colours each line as one token, and counts what it was given. */
function colourer() {
  const colour = (code) => {
    colour.characters += code.length;
    return code.split(/(?<=\n)/).map((line) => ({ scope: 'line', children: [line] }));
  };
  colour.characters = 0;
  return colour;
}

function grow(code, step, colour) {
  let known = null;
  for (let end = step; end < code.length + step; end += step)
    known = growCode(known, code.slice(0, end), { colour, rested: false });
  return known;
}

const code = (lines) => Array.from({ length: lines }, (_, line) => `line ${line}\n`).join('');

test('the pieces are the code, coloured or not, wherever it was cut', () => {
  for (const colour of [colourer(), () => null]) {
    for (const step of [1, 7, 500]) {
      const text = `${code(500)}half a line`;
      assert.equal(textOf(grow(text, step, colour)), text);
      assert.equal(textOf(growCode(grow(text, step, colour), text, { colour, rested: true })), text);
    }
  }
});

test('all pieces but the last have the same number of whole lines, coloured or not', () => {
  for (const colour of [colourer(), () => null]) {
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

test('lines that look as before stay the same piece when more is coloured', () => {
  const colour = colourer();
  const before = growCode(null, code(100), { colour, rested: false });
  const after = growCode(before, code(200), { colour, rested: true });
  assert.equal(after.pieces[0], before.pieces[0]);
  assert.equal(after.pieces[2], before.pieces[2]);
});

test('code that is not the old one with more behind it begins anew', () => {
  const before = growCode(null, 'a\nb', { colour: () => null, rested: false });
  assert.equal(textOf(growCode(before, 'c', { colour: () => null, rested: false })), 'c');
});
