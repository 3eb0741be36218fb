// `<details>` on a line of its own holds Markdown up to its `</details>`.

const opening = /<details(?:\s[^<>]*)?>(?:\s*<summary(?:\s[^<>]*)?>([^]{0,2000}?)<\/summary>)?/iy;
const closing = /<\/details\s*>\s*$/i;

export function details(state, startLine, endLine, silent) {
  const begin = state.bMarks[startLine] + state.tShift[startLine];
  if (state.src[begin] !== '<' || state.sCount[startLine] - state.blkIndent >= 4) return false;
  opening.lastIndex = begin;
  const found = opening.exec(state.src);
  if (!found) return false;
  if (silent) return true;
  const end = closerAfter(state, startLine, endLine);
  state.push('details_open', 'details', 1).map = [startLine, end];
  summary(state, found[1]);
  readInside(state, { from: begin + found[0].length, startLine, end });
  state.push('details_close', 'details', -1);
  state.line = Math.min(end + 1, endLine);
  return true;
}

/** The line of the `</details>` of this one, or the end. */
function closerAfter(state, startLine, endLine) {
  let open = 0;
  for (let line = startLine; line < endLine; line += 1) {
    const text = state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);
    if (/^<details[\s>]/i.test(text)) open += 1;
    if (closing.test(text)) open -= 1;
    if (open <= 0) return line;
  }
  return endLine;
}

function summary(state, text) {
  if (!text) return;
  state.push('summary_open', 'summary', 1);
  Object.assign(state.push('inline', '', 0), { content: text.trim(), children: [] });
  state.push('summary_close', 'summary', -1);
}

function readInside(state, { from, startLine, end }) {
  let line = startLine;
  while (line < end && state.eMarks[line] < from) line += 1;
  const { lineMax, parentType } = state;
  const [begin, shift, stop] = [state.bMarks[line], state.tShift[line], state.eMarks[end]];
  if (from > begin) [state.bMarks[line], state.tShift[line]] = [from, 0];
  if (end < lineMax) state.eMarks[end] = beforeCloser(state, end, line);
  [state.lineMax, state.parentType] = [Math.min(end + 1, lineMax), 'details'];
  if (line <= end) state.md.block.tokenize(state, line, state.lineMax);
  Object.assign(state, { lineMax, parentType });
  [state.bMarks[line], state.tShift[line], state.eMarks[end]] = [begin, shift, stop];
}

function beforeCloser({ src, bMarks, eMarks }, line) {
  const at = src.slice(bMarks[line], eMarks[line]).search(closing);
  return at < 0 ? eMarks[line] : bMarks[line] + at;
}
