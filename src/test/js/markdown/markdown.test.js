import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { elements, markup, textOf } from '../support/markup.js';

const { toNodes } = await page('js/markdown/markdown.js');
const { parse } = await page('js/markdown/syntax/parser.js');

const nodes = (text) => toNodes(parse(text));
const tags = (text) => elements(nodes(text)).map(({ tag }) => tag);
const find = (text, tag) =>
  elements(nodes(text))
    .filter((element) => element.tag === tag)
    .map(({ attributes }) => attributes);

test('emphasis, code and headings become elements', () => {
  assert.deepEqual(markup(nodes('## A *b* **c** `d`')), [
    ['h2', { dir: 'auto' }, 'A ', ['em', {}, 'b'], ' ', ['strong', {}, 'c'], ' ', ['code', {}, 'd']],
  ]);
});

test('raw HTML is shown as text; of a few elements only their names are understood', () => {
  const hostile =
    '<img src=x onerror=alert(1)>\n\nHi <script>alert(1)</script> <b onclick="x">there</b>';
  assert.deepEqual(tags(hostile), ['p', 'p', 'b']);
  assert.deepEqual(find(hostile, 'b'), [{}]);
  assert.equal(
    textOf(nodes(hostile)),
    '<img src=x onerror=alert(1)>Hi <script>alert(1)</script> there',
  );
});

for (const [text, shown] of [
  ['H<sub>2</sub>O', ['H', ['sub', {}, '2'], 'O']],
  ['x<SUP class="a">*2*</SUP>', ['x', ['sup', {}, ['em', {}, '2']]]],
  ['<kbd>Ctrl</kbd> <i>a</i> <mark>b</mark>',
    [['kbd', {}, 'Ctrl'], ' ', ['i', {}, 'a'], ' ', ['mark', {}, 'b']]],
  ['a<br>b<br/>c', ['a', ['br', {}], 'b', ['br', {}], 'c']],
  ['<b>never closed', ['<b>never closed']],
  ['closed only</b>', ['closed only</b>']],
  ['<b><i>crossed</b></i>', [['b', {}, '<i>crossed'], '</i>']],
  ['*<b>in* out</b>', [['em', {}, '<b>in'], ' out</b>']],
  ['<iframe src="x"></iframe>', ['<iframe src="x"></iframe>']],
  ['<a href="javascript:x">y</a>', ['<a href="javascript:x">y</a>']],
]) {
  test(`${JSON.stringify(text)}: raw HTML that is understood`, () => {
    assert.deepEqual(markup(nodes(`.${text}`))[0].slice(2), dotted(shown));
  });
}

const dotted = ([first, ...rest]) =>
  typeof first === 'string' ? [`.${first}`, ...rest] : ['.', first, ...rest];

test('details hold Markdown up to their end', () => {
  const text = '<details open>\n<summary>More *here*</summary>\n\n- a\n\n</details>\n\nafter';
  assert.deepEqual(tags(text), ['details', 'summary', 'em', 'ul', 'li', 'p']);
  assert.deepEqual(find(text, 'details'), [{}]);
  assert.deepEqual(tags('<details><summary>a</summary>b</details>'), ['details', 'summary', 'p']);
  assert.deepEqual(tags('<details>\n<details>\na\n</details>\n</details>\n\nb'), [
    'details', 'details', 'p', 'p']);
  assert.match(textOf(nodes('<details>\nnot closed **yet**')), /not closed yet/);
});

for (const address of [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java&#x0A;script:alert(1)',
  '&#106;avascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://x/y',
]) {
  test(`a link to ${address} is shown as its text`, () => {
    assert.deepEqual(find(`[look](${address})`, 'a'), []);
    assert.equal(textOf(nodes(`[look](${address})`)), 'look');
  });
}

for (const address of ['docs/x.md', '#top', '/api/logout', '//example.org/x', '../a b']) {
  test(`the address ${address} leads nowhere from here, and is shown behind its text`, () => {
    assert.deepEqual(find(`[look](<${address}>)`, 'a'), []);
    assert.equal(textOf(nodes(`[look](<${address}>)`)), `look (${address})`);
  });
}

for (const address of ['tel:+4930123', 'mailto:me@example.org']) {
  test(`a link to ${address} is one`, () => {
    assert.equal(find(`[call](${address})`, 'a')[0].href, address);
  });
}

test('a link to the web opens apart and tells nothing about this page', () => {
  const [link] = find('[look](https://example.org/a?b=1&amp;c=2)', 'a');
  assert.equal(link.href, 'https://example.org/a?b=1&c=2');
  assert.equal(link.rel, 'noopener noreferrer nofollow');
  assert.equal(link.target, '_blank');
  assert.equal(find('write to <me@example.org>', 'a')[0].href, 'mailto:me@example.org');
});

test('an image is a link, so that reading a reply asks no other host for anything', () => {
  const picture = '![a cat](https://example.org/cat.png) and ![](javascript:alert(1))';
  assert.ok(!tags(picture).includes('img'));
  assert.deepEqual(
    find(picture, 'a').map(({ href }) => href),
    ['https://example.org/cat.png'],
  );
  assert.match(textOf(nodes(picture)), /a cat/);
});

test('character references are read as the characters that they name', () => {
  assert.equal(
    textOf(nodes('a &lt; b &amp;&amp; c &mdash; &#233; &#x1F600; &nosuch; &#0;')),
    'a < b && c — é 😀 &nosuch; \ufffd',
  );
  assert.equal(textOf(nodes('`&lt;`')), '&lt;');
});

for (const [text, shown] of [
  ['&copy; &notin; &CounterClockwiseContourIntegral; &hearts;', '© ∉ ∳ ♥'],
  ['3~5天，100~200元', '3~5天，100~200元'],
  ['~a~ and ~ b', '~a~ and ~ b'],
  ['\\[x\\] and \\(see', '[x] and (see'],
]) {
  test(`${JSON.stringify(text)} reads ${shown}`, () => assert.equal(textOf(nodes(text)), shown));
}

for (const [text, bold] of [
  ['**「文」**文', '「文」'],
  ['这是**“重点”**内容', '“重点”'],
  ['これは**文。**文です', '文。'],
  ['한국어**(볼드)**입니다', '(볼드)'],
  ['**中文（English）**是', '中文（English）'],
  ['𠮷**「a」**𠮷', '「a」'],
]) {
  test(`${text} has bold words without spaces around them`, () => {
    assert.deepEqual(
      elements(nodes(text)).map(({ tag }) => tag),
      ['p', 'strong'],
    );
    assert.equal(textOf(nodes(text)), text.replaceAll('**', ''));
    assert.equal(text.split('**')[1], bold);
  });
}

test('an asterisk between spaces or in Latin words is read as ever', () => {
  assert.deepEqual(tags('2 * 3 * 4 and a_b_c'), ['p']);
  assert.deepEqual(tags('a**"b"**c'), ['p']);
});

for (const [text, ...addresses] of [
  ['看https://a.b/c（好）', 'https://a.b/c'],
  ['「https://a.b/c」和https://a.b/d。', 'https://a.b/c', 'https://a.b/d'],
  ['https://a.b/c，https://a.b/d、x', 'https://a.b/c', 'https://a.b/d'],
  ['（www.example.org）', 'http://www.example.org/'],
  ['写信给me@example.org。', 'mailto:me@example.org'],
  ['(https://a.b/c_(d)).', 'https://a.b/c_(d)'],
  ['**https://a.b/c**', 'https://a.b/c'],
  ['see https://a.b/c?d=e&f=g.', 'https://a.b/c?d=e&f=g'],
  ['https://例え.jp/パス', 'https://xn--r8jz45g.jp/%E3%83%91%E3%82%B9'],
  ['[https://a.b](https://c.d/)', 'https://c.d/'],
  ['readme.md and run.sh and a@b'],
  ['xhttps://a.b'],
]) {
  test(`the bare addresses of ${text}`, () => {
    assert.deepEqual(
      find(text, 'a').map(({ href }) => href),
      addresses,
    );
  });
}

test('a footnote and what refers to it know of each other by name', () => {
  const text = 'Text[^1] and[^n].\n\n[^1]: The *note*.\n    more\n\n[^n]: Two';
  const notes = elements(nodes(text)).filter(({ attributes }) => attributes.class === 'footnote');
  assert.equal(notes.length, 2);
  assert.ok(tags(text).includes('em'));
  assert.equal(textOf(nodes('a [^1')), 'a [^1');
});

test('a quote with a mark is an alert', () => {
  const [alert] = find('> [!NOTE]\n> Hi *there*', 'div');
  assert.equal(alert.class, 'alert note');
  assert.equal(textOf(nodes('> [!warning]\n> Hi')), 'WarningHi');
  assert.equal(textOf(nodes('> [!NOTE] same line')), '[!NOTE] same line');
  assert.deepEqual(tags('> [!OTHER]\n> Hi'), ['blockquote', 'p']);
});

test('each block, item and cell has the direction of its own text', () => {
  const text = '# a\n\nb\n\n- c\n\n> d\n\n| e |\n|---|\n| f |';
  for (const tag of ['h1', 'p', 'li', 'th', 'td'])
    assert.equal(find(text, tag)[0].dir, 'auto', tag);
  const other = '- ש\n\n> 1. ש\n\n| ש |\n|---|\n\n<details><summary>ש</summary>x</details>';
  for (const tag of ['ul', 'ol', 'li', 'blockquote', 'table', 'details'])
    assert.equal(find(other, tag)[0].dir, 'rtl', tag);
  assert.equal(find('- a ש', 'ul')[0].dir, undefined);
});

test('what names a member of every object is a name like any other', () => {
  assert.equal(textOf(nodes('[constructor] [\\_\\_proto__] [toString][valueOf]')),
    '[constructor] [__proto__] [toString][valueOf]');
});

test('a fence that is not closed yet is code already', () => {
  assert.deepEqual(find('Look:\n\n```python\nprint(1)\n', 'code-block'), [
    { code: 'print(1)', language: 'python' },
  ]);
});

test('the language of a fence is its first word', () => {
  assert.equal(find('```js title="a.js"\nx\n```', 'code-block')[0].language, 'js');
  assert.equal(find('    indented', 'code-block')[0].language, '');
});

test('a table keeps its alignment and can be scrolled with the keyboard', () => {
  const table = '| a | b |\n|:--|--:|\n| 1 | 2 |';
  assert.equal(find(table, 'div')[0].tabIndex, 0);
  assert.deepEqual(
    find(table, 'td').map((cell) => cell.class),
    ['align-left', 'align-right'],
  );
});

test('a list that begins at another number says so', () => {
  assert.equal(find('3. a\n4. b', 'ol')[0].start, 3);
});

for (const [text, tex, display] of [
  ['$$\nx^2\n$$', 'x^2', true],
  ['\\[ x^2 \\]', 'x^2', true],
  ['so \\(x_1\\) is', 'x_1', false],
  ['so $a_1 * b_2$ is', 'a_1 * b_2', false],
  ['text\n$$x$$\nmore', 'x', true],
  ['the $n$th', 'n', false],
  ['the $x$s', 'x', false],
  ['设$x$为', 'x', false],
  ['\\begin{align}\na &= b\n\\end{align}',
    '\\begin{align}\na &= b\n\\end{align}', true],
  ['so \\[ x \\] is', 'x', true],
  ['> $$\n> x\n> $$', 'x', true],
  ['- \\[\n  x\n  \\]', 'x', true],
  ['cost: $x = \\$5$.', 'x = \\$5', false],
]) {
  test(`${JSON.stringify(text)} holds a formula`, () => {
    const [formula] = find(text, 'formula');
    assert.equal(formula.tex, tex);
    assert.equal(formula.display, display);
  });
}

for (const text of [
  'It costs $5 or $6.',
  'US$5 and CA$7',
  'from $5-$10',
  '$ 5 $',
  'a $\nb$',
  '`$x$`',
  '$$ open\n\n$$ far',
  '\\$x\\$',
  '$1,000.50 and 5$',
  '$5 apples and 10$',
  '$PATH:$HOME',
  'see \\[1\\]',
  '\\[x\\](y)',
  '\\[x\\]',
]) {
  test(`${JSON.stringify(text)} holds none`, () => assert.deepEqual(find(text, 'formula'), []));
}
