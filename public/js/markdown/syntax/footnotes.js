// Footnotes: `[^name]` in the line, `[^name]: text` as a block, which is shown where it stands.

const reference = /\[\^([^\s[\]]{1,80})\]/y;
const definition = /\[\^([^\s[\]]{1,80})\]:[ \t]*/y;

export function footnoteReference(state, silent) {
  if (state.src[state.pos] !== '[' || state.src[state.pos + 1] !== '^') return false;
  reference.lastIndex = state.pos;
  const found = reference.exec(state.src);
  if (!found || reference.lastIndex > state.posMax) return false;
  if (!silent) state.push('footnote_reference', '', 0).content = found[1];
  state.pos += found[0].length;
  return true;
}

/** The note goes on over lines that are indented, as a list's item does. */
export function footnote(state, startLine, endLine, silent) {
  const begin = state.bMarks[startLine] + state.tShift[startLine];
  if (state.src[begin] !== '[' || state.sCount[startLine] - state.blkIndent >= 4) return false;
  definition.lastIndex = begin;
  const found = definition.exec(state.src);
  if (!found || definition.lastIndex > state.eMarks[startLine]) return false;
  if (silent) return true;
  const open = state.push('footnote_open', '', 1);
  open.content = found[1];
  const end = readNote(state, startLine, endLine, begin + found[0].length);
  open.map = [startLine, end];
  state.push('footnote_close', '', -1);
  state.line = end;
  return true;
}

function readNote(state, startLine, endLine, from) {
  const { blkIndent, parentType } = state;
  const [begin, shift, indent] = [
    state.bMarks[startLine], state.tShift[startLine], state.sCount[startLine],
  ];
  const inside = blkIndent + 4;
  [state.bMarks[startLine], state.tShift[startLine]] = [from, 0];
  state.sCount[startLine] = inside;
  Object.assign(state, { blkIndent: inside, parentType: 'footnote' });
  state.md.block.tokenize(state, startLine, endLine);
  Object.assign(state, { blkIndent, parentType });
  [state.bMarks[startLine], state.tShift[startLine]] = [begin, shift];
  state.sCount[startLine] = indent;
  return Math.max(state.line, startLine + 1);
}
