// TeX in Markdown: `$$…$$`, `\[…\]` and `\begin{…}` stand on their own, `\(…\)` and `$…$` in the
// line. A formula has no blank line.

const longest = 10_000;
const mostLines = 200;
const environments = /\\begin\{((?:align|equation|gather|multline|alignat|eqnarray)\*?)\}/y;
const signs = /[\\^_=+<>{}|/*]|^\s/;

/** `{from, to, end}` of the TeX and the end of the whole, for what begins at `pos`. */
function opening(text, pos) {
  if (text.startsWith('$$', pos)) return { closer: '$$', skip: 2 };
  if (text.startsWith('\\[', pos)) return { closer: '\\]', skip: 2 };
  environments.lastIndex = pos;
  const name = environments.exec(text)?.[1];
  return name && { closer: `\\end{${name}}`, skip: 0, whole: true };
}

/** Where the closer stands next; a text is searched once, however many formulas stay open. */
function next({ src, env }, closer, from) {
  const found = (env.closers ??= new Map()).get(closer);
  if (found && found.from <= from && (found.at < 0 || found.at >= from)) return found.at;
  const at = src.indexOf(closer, from);
  env.closers.set(closer, { from, at });
  return at;
}

function lastLine(state, startLine, endLine, at) {
  for (let line = startLine; line < Math.min(endLine, startLine + mostLines); line += 1) {
    if (state.isEmpty(line) || (line > startLine && state.sCount[line] < state.blkIndent)) break;
    if (at < state.eMarks[line]) return at >= state.bMarks[line] ? line : -1;
  }
  return -1;
}

export function blockFormula(state, startLine, endLine, silent) {
  if (state.sCount[startLine] - state.blkIndent >= 4) return false;
  const begin = state.bMarks[startLine] + state.tShift[startLine];
  const open = opening(state.src, begin);
  if (!open) return false;
  const at = next(state, open.closer, begin + open.skip);
  const line = at < 0 || at - begin > longest ? -1 : lastLine(state, startLine, endLine, at);
  if (line < 0) return false;
  const end = at + open.closer.length;
  if (state.src.slice(end, state.eMarks[line]).trim()) return false;
  const raw = state.getLines(startLine, line + 1, state.blkIndent, false).trim();
  const tex = open.whole ? raw : raw.slice(open.skip, -open.closer.length);
  if (!tex.trim() || isEscape(open, raw, tex)) return false;
  if (silent) return true;
  const token = state.push('formula', '', 0);
  Object.assign(token, { content: tex.trim(), markup: raw, map: [startLine, line + 1] });
  token.meta = { display: true };
  state.line = line + 1;
  return true;
}

// `\[x\]` is how Markdown writes a bracket that is none of its own.
const isEscape = ({ closer }, raw, tex) =>
  closer === '\\]' && !raw.includes('\n') && !signs.test(tex);

export function inlineFormula(state, silent) {
  const { src, pos } = state;
  const found = src[pos] === '$' || src[pos] === '\\' ? formulaAt(src, pos, state.posMax) : null;
  if (!found) return false;
  if (!silent) {
    const token = state.push('formula', '', 0);
    Object.assign(token, { content: found.tex.trim(), markup: src.slice(pos, found.end) });
    token.meta = { display: found.display };
  }
  state.pos = found.end;
  return true;
}

function formulaAt(src, pos, most) {
  const open = opening(src, pos);
  if (open) return bracketed(src, pos, open, most, true);
  if (src.startsWith('\\(', pos))
    return bracketed(src, pos, { closer: '\\)', skip: 2 }, most, false);
  return src[pos] === '$' ? dollars(src, pos, most) : null;
}

function bracketed(src, pos, open, most, display) {
  const at = src.indexOf(open.closer, pos + open.skip);
  const end = at + open.closer.length;
  if (at < 0 || end > most) return null;
  const tex = open.whole ? src.slice(pos, end) : src.slice(pos + open.skip, at);
  const escape = open.closer === '\\]' && (!signs.test(tex) || /[([:]/.test(src[end] ?? ''));
  return tex.trim() && !escape ? { tex, end, display } : null;
}

const inDollars = /\$(?!\s)((?:\\.|[^\\$\n])+)(?<!\s)\$(?!\d)/y;
const money = /^[\d.,]+\s(?=.*\p{L}{2})[^\\^_{}=+*/<>|]*$/u;
const suffix = /(?:th|st|nd|rd|s)(?!\w)/y;

/** Money is no formula: no word stands before one, and behind it at most what `$n$th` has. */
function dollars(src, pos, most) {
  if (pos > 0 && /\w/.test(src[pos - 1])) return null;
  inDollars.lastIndex = pos;
  const found = inDollars.exec(src);
  if (!found || inDollars.lastIndex > most || money.test(found[1])) return null;
  const end = inDollars.lastIndex;
  suffix.lastIndex = end;
  const inWord = /\w/.test(src[end] ?? '') && (/[\s:/,.;-]/.test(found[1]) || !suffix.test(src));
  return inWord ? null : { tex: found[1], end, display: false };
}
