// The pieces in which code is drawn, so that lines which have not changed are not touched.
import { fold } from '../parts.js';

const linesInPiece = 32;
const short = 2000;

const nothing = { code: '', pieces: [], settled: [], end: 0, coloured: 0, known: [] };

/**
 * `pieces` are `{text}`, or `{tokens}` where the code is coloured. To colour costs the whole code,
 * so what grows is coloured anew when a quarter has come on top, and all of it once it `rested`.
 */
export function growCode(before, code, { colour, rested }) {
  const known = before && code.startsWith(before.code) ? before : nothing;
  if (known.code === code && known.coloured === code.length) return known;
  const due = rested || code.length <= short || code.length > 1.25 * known.coloured;
  const tree = due ? colour(code) : null;
  if (tree) return coloured(known, code, tree);
  return plain(rested ? nothing : known, code);
}

function plain(known, code) {
  const end = Math.max(code.lastIndexOf('\n') + 1, known.end);
  const more = end > known.end ? [{ text: code.slice(known.end, end) }] : [];
  return withLast({ ...known, settled: fold(known.settled, more) }, code, end);
}

function withLast(known, code, end) {
  const last = end < code.length ? [{ text: code.slice(end) }] : [];
  return { ...known, code, end, pieces: [...known.settled, ...last] };
}

function coloured(known, code, tree) {
  const lines = linesOf(tree);
  const pieces = [];
  for (let first = 0; first < lines.length; first += linesInPiece) {
    const tokens = lines.slice(first, first + linesInPiece).flat();
    pieces.push(same(known.known[pieces.length], tokens));
  }
  const state = { code, end: code.length, coloured: code.length, known: pieces };
  return { ...state, settled: fold([], pieces), pieces: fold([], pieces) };
}

/** The piece that was there before, where it is drawn in the same way. */
function same(piece, tokens) {
  const key = JSON.stringify(tokens);
  return piece?.key === key ? piece : { tokens, key };
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
  return lines;
}
