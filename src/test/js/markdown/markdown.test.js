import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { elements, markup, textOf } from '../support/markup.js';

const { lex, toNodes } = await page('js/markdown/markdown.js');

const nodes = (text) => toNodes(lex(text));
const tags = (text) => elements(nodes(text)).map(({ tag }) => tag);
const find = (text, tag) =>
  elements(nodes(text))
    .filter((element) => element.tag === tag)
    .map(({ attributes }) => attributes);

test('emphasis, code and headings become elements', () => {
  assert.deepEqual(markup(nodes('## A *b* **c** `d`')), [
    ['h2', {}, 'A ', ['em', {}, 'b'], ' ', ['strong', {}, 'c'], ' ', ['code', {}, 'd']],
  ]);
});

test('raw HTML is shown as text and never becomes an element', () => {
  const hostile =
    '<img src=x onerror=alert(1)>\n\nHi <script>alert(1)</script> <b onclick="x">there</b>';
  assert.deepEqual(tags(hostile), ['p', 'p']);
  assert.equal(textOf(nodes(hostile)), hostile.replace('\n\n', ''));
});

test('a line break in a table cell is the one piece of HTML that is understood', () => {
  assert.ok(tags('| a |\n|---|\n| b<br>c |').includes('br'));
});

for (const address of [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java&#x0A;script:alert(1)',
  '&#106;avascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  '/api/logout',
  '//example.org/x',
  'blob:https://x/y',
]) {
  test(`a link to ${address} is shown as its text`, () => {
    assert.deepEqual(find(`[look](${address})`, 'a'), []);
    assert.equal(textOf(nodes(`[look](${address})`)), 'look');
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
]) {
  test(`${JSON.stringify(text)} holds none`, () => assert.deepEqual(find(text, 'formula'), []));
}
