import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { lex } = await page('js/markdown/markdown.js');
const { grow, withoutCarriageReturns } = await page('js/markdown/incremental-lexer.js');

const text = `# Title

A paragraph with *emphasis*
over two lines.

- one
- two

  still two
    - nested

1. first

2. second
   \`\`\`js
   code()
   \`\`\`

| a | b |
|---|---|
| 1 | 2 |

\`\`\`python
def f():

    return "# no title"
\`\`\`

$$
x = \\frac{a}{b}
$$

> quote
> more

Setext
===

    indented code

    after a blank line

<div>
raw
</div>

***

The end.`;

const shape = (blocks) =>
  JSON.stringify(blocks.map(({ type, raw, tokens, items }) => ({ type, raw, tokens, items })));

test('a text that grew piece by piece has the blocks of the whole text, wherever it is cut', () => {
  let grown = null;
  for (let end = 1; end <= text.length; end += 1) {
    const part = text.slice(0, end);
    grown = grow(grown, part);
    assert.equal(
      shape(grown.blocks),
      shape(lex(part)),
      `cut at ${end}: ${JSON.stringify(part.slice(-20))}`,
    );
  }
});

test('blocks before the last one keep their tokens, so that they are not drawn again', () => {
  const before = grow(null, 'one\n\ntwo\n\nthree');
  const after = grow(before, 'one\n\ntwo\n\nthree and more');
  assert.equal(after.blocks[0], before.blocks[0]);
  assert.equal(after.blocks[2], before.blocks[2]);
  assert.notEqual(after.blocks[4], before.blocks[4]);
});

test('a text that is not the old one with more behind it is lexed anew', () => {
  const grown = grow(grow(null, 'old\n\ntext'), 'new\n\ntext');
  assert.equal(shape(grown.blocks), shape(lex('new\n\ntext')));
});

test('line ends of other systems are line ends', () => {
  assert.equal(withoutCarriageReturns('a\r\nb\rc'), 'a\nb\nc');
});
