// The pieces in which code is drawn, of 32 lines each, so that those which have not changed are not
// touched. Each is coloured by itself, so that this costs what is new, however long the code is.

export const linesInPiece = 32;
const linesCompared = 16;
const short = 2000;

const nothing = { code: '', pieces: [], settled: [], end: 0, read: 0 };

/**
 * `pieces` are `{ tokens, plain, lines }`: what is coloured, the lines behind it that are not, and
 * how many lines both have; those that are coloured entirely have a `key` of how they look. What is
 * short is coloured at once, where `colour` is there.
 */
export function growCode(before, code, colour) {
  const known = before && code.startsWith(before.code) ? before : nothing;
  const grown = known.code === code && known === before ? known : withMore(known, code);
  return colour && code.length <= short && !isColoured(grown) ? colourNext(grown, colour) : grown;
}

export const isColoured = ({ pieces }) => pieces.every(({ key }) => key !== undefined);

/** Whether the next piece is whole, or what has come to it is worth what it costs. */
export function isDue({ pieces, read }) {
  const place = nextOf(pieces);
  return place < pieces.length - 1 || lengthOf(pieces[place].plain) > read / 2;
}

const nextOf = (pieces) => pieces.findIndex(({ key }) => key === undefined);
const lengthOf = (texts) => texts.reduce((sum, text) => sum + text.length, 0);

/** Colours the first piece that is not; what is not to be coloured stays plain. */
export function colourNext(known, colour) {
  const { code, pieces } = known;
  const place = nextOf(pieces);
  if (place < 0) return known;
  const { first, found, read } = colouredAt(place, pieces, colour);
  const settled = pieces.map((piece, at) => {
    const now = found[at - first] ?? piece;
    return now.key === piece.key ? piece : now;
  });
  return { ...known, pieces: settled, settled, end: code.length, read };
}

/**
 * What stands in a comment looks otherwise without its beginning. So the piece before is read, too,
 * or more where that one does not end as it did, and all code where none does.
 */
function colouredAt(place, pieces, colour) {
  let read = 0;
  for (let back = 1; ; back *= 2) {
    const first = Math.max(0, place - back);
    const end = first || back === 1 ? place + 1 : pieces.length;
    const text = pieces.slice(first, end).map(textOf).join('');
    const tree = colour(text);
    if (!tree) return { read, first: place, found: [{ ...asPlain(pieces[place]), key: 'plain' }] };
    read += text.length;
    const found = coloured(tree);
    if (!first) return { read, first, found };
    const before = found[back - 1];
    if (before.end && before.end === pieces[place - 1].end)
      return { read, first: place, found: found.slice(back) };
  }
}

const asPlain = ({ lines, ...piece }) =>
  ({ tokens: [], plain: textOf(piece).split(/(?<=\n)/), lines });

/** Lines that have ended are settled; the one that has not is drawn behind them. */
function withMore(known, code) {
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

const textOf = ({ tokens, plain }) => [...tokens.map(({ text }) => text), ...plain].join('');

const withLine = ({ tokens, plain: known, lines }, line, isNew) => ({
  tokens, plain: [...known, line], lines: isNew ? lines + 1 : lines,
});

function coloured(tree) {
  const lines = linesOf(tree);
  const pieces = [];
  for (let first = 0; first < lines.length; first += linesInPiece) {
    const some = lines.slice(first, first + linesInPiece);
    pieces.push({ tokens: some.flat(), plain: [], lines: some.length, ...looks(some) });
  }
  return pieces;
}

/** How lines look, and how their `end` does, which says nothing where nothing in it is coloured. */
function looks(lines) {
  const end = lines.slice(-linesCompared);
  const tells = end.flat().some(({ scopes }) => scopes.length > 0);
  return { key: JSON.stringify(lines), end: tells ? JSON.stringify(end) : null };
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
