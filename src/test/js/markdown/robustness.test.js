import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elements, textOf } from '../support/markup.js';
import { page } from '../support/page.js';

const { toNode } = await page('js/markdown/markdown.js');
const { parse } = await page('js/markdown/syntax/parser.js');

const marks = ['>', '> ', '- ', '1. ', '* ', '+ ', '*', '**', '_', '~', '~~', '[', '![', '](', '(',
  ')', '`', '``a', '|', '|-', '$', '$$', '$a ', '\\', '\\[', '\\(', '\\begin{align}', '&', '&amp;',
  '<', '<b>', '<sub>', '</b>', '<!--', '<details>', '<details>\n', '<?', '[^', '[^a]', '[a]: b\n',
  '# ', '=', '-', '```\n', '~~~\n', 'www.', 'http://', 'a@', 'a@b.c ', 'a\n', '\n', '\t', ' ',
  '**a', '*a **b ', '> - ', '- > 1. ', '[a](b "', '「**', '\u0000', '\ud83d', '  \n', '\\[\na\n'];

for (const mark of marks) {
  test(`2,000 times ${JSON.stringify(mark)} is shown, and no nesting is deep`, () => {
    for (const text of [mark.repeat(2000), `${mark.repeat(2000)}end`, `a${mark.repeat(2000)} end`]) {
      const nodes = parse(text).map(toNode);
      assert.ok(depthOf(parse(text)) < 120, text.slice(0, 20));
      if (text.endsWith('end') && !/[~`\t]|^ $|details|!--|\?|^\[\^|\[a\]:/.test(mark))
        assert.match(textOf(nodes), /end$/, mark);
    }
  });
}

const depthOf = (tree) =>
  tree.reduce((most, { children }) => Math.max(most, 1 + (children ? depthOf(children) : 0)), 0);

test('quotes end at some depth, and what is deeper is shown as it was written', () => {
  const nodes = parse(`${'> '.repeat(2000)}deep`).map(toNode);
  assert.match(textOf(nodes), /^(> ?)+deep$/);
  assert.ok(elements(nodes).length < 100);
});

test('a long text without an empty line is read', () => {
  for (const unit of ['word *and* `code` ', 'line [a](b)\n', '<b>', '- a\n', '中文**「字」**。']) {
    const text = unit.repeat(300_000 / unit.length);
    assert.ok(textOf(parse(text).map(toNode)).length > 70_000, unit);
  }
});
