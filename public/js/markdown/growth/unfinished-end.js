// While a text is written its last line may hold a mark whose end has not come: shown as it is, it
// would flash and be taken away a moment later. So emphasis and code are closed where the text ends
// for now, of a link only its words are shown, a formula waits until it is whole, and so does a
// line that is nothing but a mark of a block: `-` under a paragraph would be a heading.

const fence = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})([^\n]*)/gm;
const markOnly = /^[ \t>]*(?:[-+*]{1,3}|\d{1,9}[.)]?|#{1,6}|-+|=+|`{1,2}|~{1,2}|\$|\\)[ \t]*$/;
const codeSpan = /(`+)(?!`)(?:[^`\n]|(?!\1(?!`))`+)*?\1(?!`)/g;

export function completeEnd(text) {
  const fenceMark = openFence(text);
  if (fenceMark) return withoutHalfFence(text, fenceMark);
  const held = withoutOpenFormula(text);
  const begin = held.lastIndexOf('\n') + 1;
  const line = held.slice(begin);
  return held.slice(0, begin) + (markOnly.test(line) ? '' : completeLine(line));
}

function withoutHalfFence(text, mark) {
  const begin = text.lastIndexOf('\n') + 1;
  const line = text.slice(begin).trim();
  return begin > 0 && line && mark.startsWith(line) ? text.slice(0, begin) : text;
}

/** The mark of the code that the text ends in. */
function openFence(text) {
  let open = '';
  for (const [, mark, info] of text.matchAll(fence)) {
    if (!open) open = mark;
    else if (mark.startsWith(open) && !info.trim()) open = '';
  }
  return open;
}

const displays = [['$$', '$$'], ['\\[', '\\]'], ['\\begin{', '\\end{']];

/** A formula that stands on its own and has not ended is left out; an empty line ends it. */
function withoutOpenFormula(text) {
  const begin = text.lastIndexOf('\n\n') + 1;
  const paragraph = text.slice(begin);
  for (const [open, close] of displays) {
    const at = openedAt(paragraph, open, close);
    if (at >= 0) return text.slice(0, begin + at);
  }
  return text;
}

function openedAt(text, open, close) {
  const beginning = new RegExp(`^[ \\t>]*${open.replace(/[\\$[{]/g, '\\$&')}`, 'gm');
  for (let found; (found = beginning.exec(text)); ) {
    const end = text.indexOf(close, beginning.lastIndex);
    if (end < 0) return found.index;
    beginning.lastIndex = end + close.length;
  }
  return -1;
}

function completeLine(line) {
  const [masked, open] = withoutCode(line);
  if (open >= 0) return line.length === open ? line : closeCode(line, open);
  const formula = openFormula(masked);
  if (formula >= 0) return completeLine(line.slice(0, formula));
  return closeEmphasis(...withoutOpenLink(line, masked));
}

/** The line with its code made blank, and where code begins that has no end; -1 for nowhere. */
function withoutCode(line) {
  const masked = line.replace(codeSpan, (code) => ' '.repeat(code.length - 1) + 'c');
  return [masked.replace(/\\[^()]/g, 'cc'), masked.search(/`/)];
}

function closeCode(line, open) {
  const mark = /^`+/.exec(line.slice(open))[0];
  const content = line.slice(open + mark.length);
  if (!content) return completeLine(line.slice(0, open));
  return content.endsWith('`') ? line.replace(/`+$/, '') + mark : line + mark;
}

/** Where a formula in the line begins that has no end. Money is none. */
function openFormula(masked) {
  const round = masked.lastIndexOf('\\(');
  if (round >= 0 && !masked.includes('\\)', round)) return round;
  const marks = [...masked.matchAll(/\$/g)];
  if (marks.length % 2 === 0) return -1;
  const at = marks.at(-1).index;
  const tex = masked.slice(at + 1);
  const likely = /^[^\s\d][^\s]*$/.test(tex) || /^[^\s\d].*[\\^_={}]/.test(tex) || !tex;
  return likely && !/\w$/.test(masked.slice(0, at)) ? at : -1;
}

// Bounded, so that a long paragraph can settle what stands well before its end.
const address = String.raw`\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"]*"?)?`;
const openLink = new RegExp(String.raw`!?\[([^[\]]{0,300})(?:\](?:${address})?)?$`);

const listMark = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+$/;

function withoutOpenLink(line, masked) {
  const found = openLink.exec(masked);
  if (!found || found[1].startsWith('^')) return [line, masked];
  const isTask = /^[ xX]?$/.test(found[1]) && listMark.test(line.slice(0, found.index));
  if (isTask) return [line, masked];
  const begin = found.index + found[0].indexOf('[') + 1;
  const words = [begin, begin + found[1].length];
  const shown = (text) => text.slice(0, found.index) + text.slice(...words);
  return [shown(line), shown(masked)];
}

const mostOpen = 32;

function closeEmphasis(line, masked) {
  const open = [];
  for (const { 0: mark, index } of masked.matchAll(/\*{1,3}|_{1,3}|~~/g)) {
    const before = masked[index - 1] ?? ' ';
    const after = masked[index + mark.length] ?? ' ';
    const place = before === ' ' ? -1 : open.lastIndexOf(mark);
    if (place >= 0) open.length = place;
    else if (index + mark.length === masked.length) return closedAt(line, index, open);
    else if (open.length === mostOpen) return line;
    else if (after !== ' ' && !(mark[0] === '_' && /\w/.test(before))) open.push(mark);
  }
  return closedAt(line, line.length, open);
}

const closedAt = (line, end, open) => {
  const text = line.slice(0, end);
  return open.length ? text.trimEnd() + open.reverse().join('') : text;
};
