// While a text is written its last `**word` has no end yet. To show the asterisks and take them
// away a moment later flickers, so the emphasis is closed where the text ends for now.

const codeSpan = /`[^`\n]+`/g;
const fence = /^ {0,3}(?:```|~~~)/m;

export function closeEmphasis(text) {
  const begin = text.lastIndexOf('\n') + 1;
  const line = text.slice(begin);
  if (fence.test(text)) return text;
  return text.slice(0, begin) + close(line, line.replace(codeSpan, ''));
}

function close(line, prose) {
  if (prose.includes('`')) return line.endsWith('`') ? line.slice(0, -1) : `${line}\``;
  const marks = prose.split('**').length - 1;
  if (marks % 2 === 0) return line;
  if (line.endsWith('**')) return line.slice(0, -2);
  if (/\*\*\s[^*]*$/.test(prose)) return line;
  return `${line.replace(/[\s*]+$/, '')}**`;
}
