import { parse } from '../syntax/parser.js';
import { growing } from './growing-blocks.js';
import { fold } from '../parts.js';
import { SourceLines } from './source-lines.js';

const nothing = { text: '', parts: [], end: 0, open: null, references: Object.create(null) };
const definition = /^[ >]*\[[^\]\n]+\]:/m;

/** Whether something in the text has its meaning from what stands behind it. */
export const mustBeReadWhole = (text) => definition.test(text);

/**
 * Reads a text that grows at its end. What cannot change its meaning any more is settled: `parts`
 * (blocks) and, within the block `open`, its own parts; only what stands behind `end` is read.
 * `blocks` are those to draw, and a view can tell by identity where it has nothing to draw.
 * `complete` may change the last line before it is read.
 */
export function grow(previous, text, complete = (end) => end) {
  if (previous?.text === text && previous.complete === complete) return previous;
  const known = previous && text.startsWith(previous.text) ? previous : nothing;
  return (
    readOn(known, text, complete) ??
    readOn({ ...known, open: null, end: known.open.start }, text, complete)
  );
}

/** Null where the open block turns out to be another one than it seemed. */
function readOn({ parts, end, open, references }, text, complete) {
  const prefix = open?.prefix ?? '';
  const source = prefix + text.slice(end);
  const skip = open && growing[open.node.type].placeholder ? prefix.length : 0;
  const read = readSafely(complete(source), { references: Object.create(references), skip });
  const lines = new SourceLines(source);
  const offset = end - prefix.length;
  const blocks = joined(open, read)?.map((block, place) => ({
    ...block,
    source: text.slice(
      open && place === 0 ? open.start : offset + lines.offsetOf(block.lines[0]),
      offset + lines.offsetOf(block.lines[1]),
    ),
  }));
  if (!blocks) return null;
  const now = { text, complete, parts, end, open, references, blocks: [...parts, ...blocks] };
  const settled = settledBlocks(read, lines);
  if (settled) return settle(now, blocks.slice(0, settled.count), offset + settled.at);
  if (read.length !== 1) return now;
  return settleWithin(now, { node: read[0], block: blocks[0], lines, skip, offset });
}

function readSafely(text, env) {
  try {
    return parse(text, env);
  } catch (error) {
    console.error(error);
    const token = { content: text.slice(env.skip) };
    return [{ type: 'plain', token, lines: [0, Infinity], children: [] }];
  }
}

function joined(open, read) {
  if (!open) return read;
  const kind = growing[open.node.type];
  const [first, ...rest] = read;
  if (!first || !kind.continues(first, open.node)) return null;
  return [{ ...kind.join(first, open.parts, open.node), lines: first.lines }, ...rest];
}

/** All before the last block that has a whole line. */
function settledBlocks(read, lines) {
  const count = read.findLastIndex((block) => block.lines[0] < lines.whole);
  if (count < 1 || !lines.mayCutBefore(read[count])) return null;
  return { count, at: lines.offsetOf(read[count].lines[0]) };
}

function settle(now, settled, end) {
  const more = now.text.slice(now.end, end);
  const parts = fold(now.parts, settled);
  return { ...now, parts, end, open: null, references: withDefinitions(now.references, more) };
}

function withDefinitions(references, text) {
  if (!definition.test(text)) return references;
  const more = Object.create(references);
  readSafely(text, { references: more });
  return more;
}

function settleWithin(now, { node, block, lines, skip, offset }) {
  const kind = growing[node.type];
  const found = kind?.settle(node, lines, skip);
  if (!found) return now;
  const start = now.open?.start ?? offset + lines.offsetOf(node.lines[0]);
  const parts = found.parts(now.open?.parts ?? kind.none ?? []);
  const open = { node: shell(block), start, parts, prefix: found.prefix };
  return { ...now, open, end: offset + found.at };
}

const shell = ({ type, token, loose }) => ({ type, token, loose });

// What is settled must be the text itself, and the parser would turn these into line feeds.
export const withoutCarriageReturns = (text) =>
  text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
