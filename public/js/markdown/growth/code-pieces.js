// The pieces in which code is drawn, of 32 lines each, so that those which have not changed are not
// touched.

export const linesInPiece = 32;
const short = 2000;

const nothing = { code: '', pieces: [], settled: [], known: [], end: 0, coloured: 0 };

/**
 * `pieces` are `{ tokens, plain, lines }`: what is coloured, the lines behind it that are not, and
 * how many lines both have. To colour costs the whole code, so what grows is coloured anew when a
 * quarter has come on top, and all of it once it `rested`.
 */
export function growCode(before, code, { colour, rested }) {
  const known = before && code.startsWith(before.code) ? before : nothing;
  if (known.code === code && known.coloured === code.length) return known;
  const due = rested || code.length <= short || code.length > 1.25 * known.coloured;
  const tree = due ? colour(code) : null;
  if (tree) return coloured(known, code, tree);
  return plain(rested ? nothing : known, code);
}

/** Lines that have ended are settled; the one that has not is drawn behind them. */
function plain(known, code) {
  const end = Math.max(code.lastIndexOf('\n') + 1, known.end);
  const settled = withLines(known.settled, code.slice(known.end, end));
  return { ...known, code, end, settled, pieces: withLines(settled, code.slice(end)) };
}

function withLines(pieces, text) {
  if (!text) return pieces;
  const more = [...pieces];
  for (const line of text.split(/(?<=\n)/)) {
    const last = more.at(-1);
    const isNew = !last || endOf(last).endsWith('\n');
    if (!last || (isNew && last.lines === linesInPiece))
      more.push({ tokens: [], plain: [line], lines: 1 });
    else more[more.length - 1] = withLine(last, line, isNew);
  }
  return more;
}

const endOf = ({ plain: lines, tokens }) => lines.at(-1) ?? tokens.at(-1).text;

const withLine = ({ tokens, plain: known, lines }, line, isNew) => ({
  tokens, plain: [...known, line], lines: isNew ? lines + 1 : lines,
});

function coloured(known, code, tree) {
  const lines = linesOf(tree);
  const pieces = [];
  for (let first = 0; first < lines.length; first += linesInPiece) {
    const some = lines.slice(first, first + linesInPiece);
    pieces.push(same(known.known[pieces.length], { tokens: some.flat(), lines: some.length }));
  }
  const state = { code, end: code.length, coloured: code.length, known: pieces };
  return { ...state, settled: pieces, pieces };
}

/** The piece that was there before, where it is drawn in the same way. */
function same(before, { tokens, lines }) {
  const key = JSON.stringify(tokens);
  return before?.key === key ? before : { tokens, plain: [], lines, key };
}

/** The highlighter's tree as lines of `{text, scopes}`, each with its line feed. */
function linesOf(tree) {
  const lines = [[]];
  const walk = (node, scopes) => {
    if (typeof node !== 'string') {
      const inside = node.scope ? [...scopes, node.scope] : scopes;
      for (const child of node.children) walk(child, inside);
      return;
    }
    for (const text of node.split(/(?<=\n)/)) {
      lines.at(-1).push({ text, scopes });
      if (text.endsWith('\n')) lines.push([]);
    }
  };
  for (const node of tree) walk(node, []);
  return lines.at(-1).length ? lines : lines.slice(0, -1);
}
