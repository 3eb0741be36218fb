import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { textOf } from '../support/markup.js';

const { closeEmphasis } = await page('js/markdown/growth/emphasis.js');
const { toNodes } = await page('js/markdown/markdown.js');
const { parse: lex } = await page('js/markdown/syntax/parser.js');
const { grow } = await page('js/markdown/growth/incremental-lexer.js');

for (const [written, shown] of [
  ['a **bold wo', 'a **bold wo**'],
  ['a **bold*', 'a **bold**'],
  ['a **bold** b', 'a **bold** b'],
  ['a **', 'a '],
  ['call `f(x', 'call `f(x`'],
  ['call `', 'call '],
  ['`**` is a mark', '`**` is a mark'],
  ['2 ** 3', '2 ** 3'],
  ['one **open\nline', 'one **open\nline'],
  ['```js\na ** b **c', '```js\na ** b **c'],
]) {
  test(`${JSON.stringify(written)} is read as ${JSON.stringify(shown)} while more is to come`, () => {
    assert.equal(closeEmphasis(written), shown);
  });
}

test('no mark of a bold word is ever seen while it is written', () => {
  const text = 'First **bold** and `code`, then **more of it**.';
  for (let end = 1; end <= text.length; end += 1) {
    const shown = textOf(toNodes(lex(closeEmphasis(text.slice(0, end)))));
    assert.doesNotMatch(shown, /\*\*|`/, text.slice(0, end));
  }
});

test('a closed end does not stay in the text that goes on', () => {
  const text = 'A **bold** word.\n\nNext **one** here.';
  let grown = null;
  for (let end = 1; end <= text.length; end += 1)
    grown = grow(grown, text.slice(0, end), closeEmphasis);
  assert.equal(textOf(toNodes(grown.blocks)), 'A bold word.Next one here.');
});
