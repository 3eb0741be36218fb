import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { textOf } from '../support/markup.js';

const { completeEnd } = await page('js/markdown/growth/unfinished-end.js');
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
  ['- ```js\n  a `b', '- ```js\n  a `b'],
  ['```\na\n```\n**b', '```\na\n```\n**b**'],
  ['```\na\n``', '```\na\n'],
  ['~~~~\na\n``', '~~~~\na\n``'],
  ['an *em', 'an *em*'],
  ['a ***both', 'a ***both***'],
  ['a **b *c', 'a **b *c***'],
  ['a ~~gone', 'a ~~gone~~'],
  ['a _b', 'a _b_'],
  ['snake_case', 'snake_case'],
  ['2 * 3', '2 * 3'],
  ['* an item', '* an item'],
  ['a **bold** ', 'a **bold** '],
  ['see [the do', 'see the do'],
  ['see [the docs]', 'see the docs'],
  ['see [the docs](http://x.', 'see the docs'],
  ['see [the docs](http://x.y)', 'see [the docs](http://x.y)'],
  ['see [**the', 'see **the**'],
  ['![a pic](http', 'a pic'],
  ['- [ ', '- [ '],
  ['- [x] done', '- [x] done'],
  ['note[^1', 'note[^1'],
  ['so \\(x + ', 'so '],
  ['so \\(x\\) is', 'so \\(x\\) is'],
  ['so $x_1 + ', 'so '],
  ['so $x$ and', 'so $x$ and'],
  ['it costs $5 and', 'it costs $5 and'],
  ['then\n$$\nx +', 'then\n'],
  ['then\n$$\nx\n$$\nso', 'then\n$$\nx\n$$\nso'],
  ['\\[\nx', ''],
  ['\\begin{align}\nx', ''],
  ['Text:\n-', 'Text:\n'],
  ['Text:\n--', 'Text:\n'],
  ['Text:\n=', 'Text:\n'],
  ['Text:\n1', 'Text:\n'],
  ['Text:\n1.', 'Text:\n'],
  ['Text:\n*', 'Text:\n'],
  ['Text:\n- a', 'Text:\n- a'],
  ['Text\n---\n', 'Text\n---\n'],
  ['##', ''],
  ['> -', ''],
  ['``', ''],
]) {
  test(`${JSON.stringify(written)} is read as ${JSON.stringify(shown)} while more is to come`, () => {
    assert.equal(completeEnd(written), shown);
  });
}

test('no mark of a bold word is ever seen while it is written', () => {
  const text = 'First **bold** and `code`, then **more of it**.';
  for (let end = 1; end <= text.length; end += 1) {
    const shown = textOf(toNodes(lex(completeEnd(text.slice(0, end)))));
    assert.doesNotMatch(shown, /\*\*|`/, text.slice(0, end));
  }
});

test('no list, formula or link is seen as something else while it is written', () => {
  const text = 'Text:\n- one\n- two [link](http://a.b/c) x\n\nMore:\n1. *a*\n2. $x^2$ b\n\n$$\ny\n$$\n';
  for (let end = 1; end <= text.length; end += 1) {
    const tree = lex(completeEnd(text.slice(0, end)));
    assert.ok(!tree.some(({ type }) => type === 'heading'), text.slice(0, end));
    assert.doesNotMatch(textOf(toNodes(tree)), /[*[\]$]|http/, text.slice(0, end));
  }
});

test('a very long line is completed in a time that grows with its length', () => {
  for (const mark of ['*', '**a ', '_a', '`', '``a`', '[', '[a](', '![', '$', '$a', '\\(', '~~', '$$\n', '\\[\n'])
    assert.equal(typeof completeEnd(mark.repeat(5000)), 'string');
});

test('a closed end does not stay in the text that goes on', () => {
  const text = 'A **bold** word.\n\nNext **one** here.';
  let grown = null;
  for (let end = 1; end <= text.length; end += 1)
    grown = grow(grown, text.slice(0, end), completeEnd);
  assert.equal(textOf(toNodes(grown.blocks)), 'A bold word.Next one here.');
});
