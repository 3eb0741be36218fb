// A very long paragraph is read in pieces, cut after white space, so that its cost grows with its
// length and no more. What would reach over a cut (emphasis, a link) is text.

const most = 4000;

/** Where the piece that begins at `from` ends: it depends on no more than its own characters. */
export function endOfSegment(text, from) {
  if (text.length - from <= most) return text.length;
  const piece = text.slice(from, from + most);
  const line = piece.lastIndexOf('\n') + 1;
  if (line > most / 2) return from + line;
  const space = piece.lastIndexOf(' ') + 1;
  if (space > most / 2) return from + space;
  return from + (/[\ud800-\udbff\\]$/.test(piece) ? most - 1 : most);
}

export function segmentsOf(text) {
  const found = [];
  for (let from = 0; from < text.length; ) {
    const end = endOfSegment(text, from);
    found.push(text.slice(from, end));
    from = end;
  }
  return found;
}

/** The core rule: fills `token.segments`, each with the tokens of one piece. */
export function segments({ tokens, md, env }) {
  for (const token of tokens) {
    if (token.type !== 'inline') continue;
    const content = token.content.slice(env.skip);
    env.skip = 0;
    token.segments = segmentsOf(content).map((text) => {
      const children = [];
      md.inline.parse(text, md, env, children);
      return { text, tokens: children };
    });
  }
}
