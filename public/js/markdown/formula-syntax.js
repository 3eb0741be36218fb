// TeX in Markdown: `$$…$$` and `\[…\]` stand on their own, `\(…\)` and `$…$` in the line. A formula
// has no blank line.

const body = String.raw`((?:(?!\n[ \t]*\n)[\s\S])+?)`;
const dollars = String.raw`\$\$${body}\$\$`;
const brackets = String.raw`\\\[${body}\\\]`;
const parentheses = String.raw`\\\(${body}\\\)`;
// Money is not a formula: no space inside the dollars, no letter or digit right outside them.
const dollar = String.raw`\$(?!\s)((?:\\.|[^\\$\n])+)(?<!\s)\$(?!\w)`;

const block = new RegExp(`^ {0,3}(?:${dollars}|${brackets})[ \\t]*(?:\\n+|$)`);
const standing = new RegExp(`^(?:${dollars}|${brackets})`);
const inLine = new RegExp(`^(?:${parentheses}|${dollar})`);

function formula(pattern, source, display) {
  const found = pattern.exec(source);
  return found && { type: 'formula', raw: found[0], text: (found[1] ?? found[2]).trim(), display };
}

export const blockFormula = {
  name: 'formula',
  level: 'block',
  start: (source) => source.match(/\n {0,3}(?:\$\$|\\\[)/)?.index,
  tokenizer: (source) => formula(block, source, true) ?? undefined,
};

export const inlineFormula = {
  name: 'inlineFormula',
  level: 'inline',
  start: (source) => source.match(/\$|\\[[(]/)?.index,
  tokenizer(source, tokens) {
    const insideWord = source.startsWith('$') && /\w$/.test(tokens.at(-1)?.raw ?? '');
    if (insideWord) return undefined;
    return formula(standing, source, true) ?? formula(inLine, source, false) ?? undefined;
  },
};
