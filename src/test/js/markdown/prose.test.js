import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeDocument } from '../support/fake-document.js';
import { page } from '../support/page.js';

globalThis.document = new FakeDocument();
document.head = { append() {} };
globalThis.requestAnimationFrame ??= (act) => setTimeout(act, 0);
globalThis.cancelAnimationFrame ??= clearTimeout;
const { h, render } = await page('vendor/preact/preact.js');
const { Prose } = await page('js/markdown/drawn-prose.js');
const { PageContext } = await page('js/views/page-context.js');
const { markdown } = await page('js/markdown/syntax/parser.js');

// Formulas are drawn from the start, in every test.
const { formulaNodes } = await page('js/markdown/formula-nodes.js');
formulaNodes('x', false);
while (!formulaNodes('x', false)) await new Promise((resolve) => setTimeout(resolve, 5));

const inPage = (node) => h(PageContext.Provider, { value: { notices: {} } }, node);

function shown() {
  const box = document.createElement('div');
  return { box, show: (text, growing) => render(inPage(h(Prose, { text, growing })), box) };
}

const withoutIds = (html) => html.replace(/-P\d+-\d+-|P\d+-\d+/g, '-');

function once(text) {
  const { box, show } = shown();
  show(text, false);
  return withoutIds(box.html);
}

function grown(text, step) {
  const { box, show } = shown();
  for (let end = step; end < text.length; end += step) show(text.slice(0, end), true);
  show(text, true);
  show(text, false);
  return withoutIds(box.html);
}

const snippets = [
  '# A *b* **c** `d`\n\nText:\n- a\n- b\n\n---\n\nText\n---\n',
  'H<sub>2</sub>O, <b>x <i>y</b></i> <br> & &amp; &copy; <div>\n\nz',
  '[x](docs/x.md) [y](http://y.z) [z] ![p](http://p.q)\n\n[z]: http://z.z\n',
  'Note[^1] and[^b]\n\n[^1]: The *note*\n    more\n\n[^b]: b\n',
  '> [!NOTE]\n> Hi **there\n> you**\n\n> quote\nlazy\n',
  '$$\nx^2\n$$\n\n\\[ y \\] and \\(z\\) $n$th $5 and 6$\n\n\\begin{align}\na\n\\end{align}\n',
  '**「文」**文，3~5天。https://a.b/c（d）\n',
  '- [ ] a\n- [x] b *c*\n\n  d\n  1. e\n  2. f\n',
  '| a | b |\n|:--|--:|\n| **1** | `2` |\n| 3 | 4 |\n\nend\n',
  '```js\nconst a = "b";\n\n// c\n```\n\n~~~\nd\n',
  '<details>\n<summary>a</summary>\n\n- b\n</details>\n\nc\n',
  'a\r\nb\r\n\r\n- c\r\n',
];

for (const snippet of snippets) {
  test(`grown by characters, what is drawn is the same: ${JSON.stringify(snippet)}`, () => {
    const whole = once(snippet);
    for (const step of [1, 2, 5]) assert.equal(grown(snippet, step), whole, `by ${step}`);
  });
}

const many = (count, piece) => Array.from({ length: count }, (_, at) => piece(at)).join('');

for (const [name, text] of [
  ['blocks', many(100, (at) => `Block *${at}*.\n\n`)],
  ['list', many(100, (at) => `- item *${at}*\n`)],
  ['numbered list', many(100, (at) => `${at + 7}. item *${at}*\n`)],
  ['loose list', many(70, (at) => `- item *${at}*\n\n`)],
  ['table', `| a | b |\n|---|---|\n${many(100, (at) => `| ${at} | *b* |\n`)}`],
  ['code', `\`\`\`\n${many(100, (at) => `line ${at}\n`)}\`\`\`\n`],
]) {
  test(`grown by bits, a long one is drawn the same: ${name}`, () => {
    const whole = once(text);
    for (const step of [7, 100]) assert.equal(grown(text, step), whole, `by ${step}`);
  });
}

test('a text that comes in bulk is drawn in steps, to the same end', async () => {
  const text = many(2_000, (at) => `Block *${at}*.\n\n`);
  const { box, show } = shown();
  show(text, false);
  const first = box.html.length;
  assert.ok(first < grown(text, 1_000).length / 2);
  for (let wait = 0; wait < 50 && box.html.length < 90_000; wait += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(withoutIds(box.html), grown(text, 1_000));
});

test('the items of a long list count on, also where they are laid out by themselves', () => {
  const html = once(many(100, (at) => `${at + 7}. item\n`));
  const numbers = [...html.matchAll(/<li[^>]* value="(\d+)"/g)].map(([, number]) => number);
  assert.deepEqual(numbers, ['39', '71', '103']);
  assert.equal(html.match(/<div class="items">/g).length, 3);
});

for (const [name, begin, piece, most] of [
  ['list', '', '- an item with *some* text\n', 12],
  ['loose list', '', '1. an item\n\n', 12],
  ['table', '| a | b |\n|---|---|\n', '| cell | another |\n', 12],
  ['code', '```\n', 'const a = 1; // and more\n', 12],
  ['quote', '', '> a line\n>\n', 12],
  ['talk', '', 'A paragraph with *emphasis*.\n\n', 12],
  ['paragraph', '', 'Some words, **bold** and `code`. ', 400],
]) {
  test(`to draw a growing ${name} costs what is new`, () => {
    const cost = (length) => workFor((begin + piece.repeat(length / piece.length)));
    const [once_, twice] = [cost(10_000), cost(20_000)];
    assert.ok(once_ < most * 10_000, `${once_}`);
    assert.ok(twice < 2.3 * once_, `${once_}, then ${twice}`);
  });
}

function workFor(text) {
  const { show } = shown();
  document.work = 0;
  for (let end = 20; end < text.length; end += 20) show(text.slice(0, end), true);
  return document.work;
}

test('a part that cannot be drawn costs its own block, and no other', async () => {
  const { error } = console;
  console.error = () => {};
  const box = document.createElement('div');
  const value = { get notices() { throw new Error('broken'); } };
  try {
    render(h(PageContext.Provider, { value },
      h(Prose, { text: '**a**\n\n```\ncode\n```\n\n**b**', growing: false })), box);
    await new Promise((resolve) => setTimeout(resolve, 20));
  } finally {
    console.error = error;
  }
  assert.match(box.html, /<strong>a<\/strong>.*plain">```\ncode\n```\n*<\/p>.*<strong>b/s);
});

test('a text that cannot be read is shown as it was written, and the next one is read', () => {
  const { parse } = markdown;
  const { error } = console;
  console.error = () => {};
  markdown.parse = () => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  try {
    assert.match(once('**a** <b>'), /<p class="plain">\*\*a\*\* <b><\/p>/);
  } finally {
    markdown.parse = parse;
    console.error = error;
  }
  assert.match(once('**a**'), /<strong>a<\/strong>/);
});
