import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markup } from '../support/markup.js';
import { page } from '../support/page.js';

const { toNode } = await page('js/markdown/markdown.js');
const { markdown, parse } = await page('js/markdown/syntax/parser.js');
const { parts } = await page('js/markdown/parts.js');
const { grow, withoutCarriageReturns } = await page('js/markdown/growth/incremental-lexer.js');

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

const shape = (blocks) => JSON.stringify(markup(parts(blocks, toNode)));

const grown = (text, step = 1) => {
  let now = null;
  for (let end = step; end < text.length + step; end += step) now = grow(now, text.slice(0, end));
  return now;
};

test('a text that grew piece by piece has the blocks of the whole text, wherever it is cut', () => {
  let now = null;
  for (let end = 1; end <= text.length; end += 1) {
    const part = text.slice(0, end);
    now = grow(now, part);
    assert.equal(
      shape(now.blocks),
      shape(parse(part)),
      `cut at ${end}: ${JSON.stringify(part.slice(-20))}`,
    );
  }
});

for (const snippet of [
  '- a\n- b\n\n- c\n- d\n1. e\n2. f\n\n3\n\n3. g\n* h\n* * *\n* i',
  '| a | b |\n|---|---|\n| 1 | 2 |\n| 3 |\n| 4 | 5 |\nnot a row\n\nend',
  '```js\na\n\n  b\n``\n```\nafter\n~~~\n```\n~~~',
  '   ```\n   a\n     b\n   ```\n\n~~~~\nx',
  '> a\n> b\nlazy\n>\n> - c\n> - d\n>\n> ```\n> e\n> f\n\n> g\n# h',
  '$$\n# a\n- b\n$$\n\n\\[\n> c\n\\]\n\n\\begin{align}\n- d\n- e\n\\end{align}\n- f\n- $$',
  'a\nb\n===\nc\n---\n- d\n---\ne\n|-|\n|f|',
  '[a]: http://x.y/\n\n[a] and\n\n[a]\n\n> [b]: http://z.a/\n\n[a] end',
  'text\n\\[ *a*\nb \\] more\n\n> c\n> $$\n> d\n> $$ e\n',
  '<details>\n<summary>a</summary>\n\nb\n\n</details>\n\nc\n\n<div>\n\nd',
  '- [ ] a\n- [x] b\n  - [ ] c\n\n    d\n- e',
  '[^1]: a\n    b\n\n    c\n\n[^2]: d\ne[^1]\n\nf',
  '> [!NOTE]\n> a\n>\n> b\n>\n> c',
  '1. a\n   > b\n   > c\n2. d\n\n   e\n10) f\n11) g',
  `${'word **bold** '.repeat(700)}\nmore\n===\n\n${'x'.repeat(9000)} *y*`,
  `${'line of *text*\n'.repeat(600)}| a | b |\n|---|---|\n| c | d |`,
]) {
  test(`grown or read at once: ${JSON.stringify(snippet.slice(0, 60))}`, () => {
    const whole = shape(parse(snippet));
    for (const step of snippet.length > 2000 ? [97, 1009] : [1, 2, 3, 7])
      assert.ok(shape(grown(snippet, step).blocks) === whole, `in steps of ${step}`);
  });
}

test('a block before the last one keeps its tokens, so that it is not drawn again', () => {
  const before = grow(null, 'one\n\ntwo\n\nthree');
  const after = grow(before, 'one\n\ntwo\n\nthree and\n\nmore');
  const last = grow(after, 'one\n\ntwo\n\nthree and\n\nmore.');
  assert.equal(after.blocks[0], before.blocks[0]);
  assert.equal(last.blocks[1], after.blocks[1]);
  assert.notEqual(last.blocks.at(-1), after.blocks.at(-1));
});

for (const [name, begin, piece, most] of [
  ['list', '', '- an item with *some* text\n', 8],
  ['loose list', '', '1. an item\n\n', 8],
  ['table', '| a | b |\n|---|---|\n', '| cell | another |\n', 8],
  ['code block', '```js\n', 'const a = 1; // and more\n', 8],
  ['quote', '', '> a line\n>\n', 8],
  ['talk of paragraphs', '', 'A paragraph with *emphasis*.\n\n', 8],
  ['paragraph', '', 'Some words, **bold** and `code`. ', 400],
  ['paragraph without a space', '', 'abcdefghij', 400],
]) {
  test(`to grow a ${name} costs what is new: twice the length is read for twice the cost`, () => {
    const cost = (length) => charactersRead(begin + piece.repeat(length / piece.length));
    const [once, twice] = [cost(20_000), cost(40_000)];
    assert.ok(once < most * 20_000, `${once}`);
    assert.ok(twice < 2.2 * once, `${once}, then ${twice}`);
  });
}

function charactersRead(text) {
  const { parse: read } = markdown;
  let characters = 0;
  markdown.parse = (source, env) => {
    characters += source.length;
    return read.call(markdown, source, env);
  };
  try {
    assert.ok(shape(grown(text, 20).blocks) === shape(parse(text)));
  } finally {
    markdown.parse = read;
  }
  return characters - text.length;
}

test('a text that is not the old one with more behind it is lexed anew', () => {
  const now = grow(grow(null, 'old\n\ntext'), 'new\n\ntext');
  assert.equal(shape(now.blocks), shape(parse('new\n\ntext')));
});

test('line ends of other systems are line ends', () => {
  assert.equal(withoutCarriageReturns('a\r\nb\rc'), 'a\nb\nc');
});
