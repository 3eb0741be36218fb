import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elements, markup, textOf } from '../support/markup.js';
import { page } from '../support/page.js';

const { nodesOf } = await page('js/markdown/formula-nodes.js');
const { default: temml } = await page('vendor/temml/temml.js');

const drawn = (tex) =>
  nodesOf(temml.renderToString(tex, { displayMode: true, throwOnError: true }));

test('a formula becomes elements of MathML, and its styles are set one by one', () => {
  const [math] = markup(drawn('\\boxed{\\frac{a}{b}} \\cancel{x}'));
  assert.equal(math[0], 'math');
  const styled = elements(drawn('\\boxed{x}')).filter(({ attributes }) => attributes.style);
  assert.ok(styled.every(({ attributes }) => typeof attributes.style === 'object'));
  assert.ok(styled.some(({ attributes }) => attributes.style.border));
  assert.ok(elements(drawn('\\cancel{x}')).some(({ tag }) => tag === 'menclose'));
});

test('what is written in a formula stays text', () => {
  assert.match(textOf(drawn('\\text{<b>"\\&} < 1')), /<b>"&.*</);
  assert.throws(() => nodesOf('<script>alert(1)</script>'));
  assert.deepEqual(elements(nodesOf('<mi onclick="x" href="javascript:x" class="a">x</mi>')), [
    { tag: 'mi', attributes: { class: 'a' } },
  ]);
});

test('a formula that is nested too deep to be drawn is refused', () => {
  assert.throws(() => drawn(`${'\\sqrt{'.repeat(900)}x${'}'.repeat(900)}`));
});

for (const tex of ['\\sqrt{\\frac{a}{b}}', '\\left( \\frac{a}{b} \\right)', '\\xcancel{a} \\bcancel{b}',
  '\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}', '\\begin{align} a &= b \\\\ c &= d \\end{align}',
  '\\sum_{i=0}^n i^2', '\\overbrace{a+b}^{n}', '\\pmb{x}', '\\prescript{a}{b}{X}', '\\color{red} x',
  '\\text{中文}', '\\tag{1} x', '\\underset{x}{\\lim}', '\\begin{cases}a & b\\end{cases}']) {
  test(`${tex} is drawn`, () => assert.ok(elements(drawn(tex)).length > 1));
}
