const mostLevels = 48;

/**
 * Quotes and lists in each other end at some depth: what is deeper is shown as it was written.
 * (A list is two levels.) No view has to draw what would overflow its stack.
 */
export function deepBlocks(state, startLine, endLine, silent) {
  if (silent || state.level < mostLevels) return false;
  const token = state.push('plain', '', 0);
  token.content = state.getLines(startLine, endLine, state.blkIndent, false).trimEnd();
  token.map = [startLine, endLine];
  state.line = endLine;
  return true;
}
