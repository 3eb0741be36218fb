import { lex } from './markdown.js';

/**
 * Lexes a text that grows at its end: only its last blocks can change their meaning, so all before
 * them keep their tokens, and a view can tell by identity that it has nothing to draw there.
 * `complete` may change the end before that.
 */
export function grow(previous, text, complete = (end) => end) {
  if (previous?.text === text) return previous;
  const kept = previous && text.startsWith(previous.text) ? settled(previous.blocks) : [];
  const length = kept.reduce((sum, { raw }) => sum + raw.length, 0);
  return { text, blocks: [...kept, ...lex(complete(text.slice(length)))] };
}

function settled(blocks) {
  const last = lastBlock(blocks);
  // `1. a`, an empty line and `2` are a list and a paragraph, until a full stop makes them one
  // list.
  const before = lastBlock(blocks.slice(0, Math.max(last, 0)));
  return blocks.slice(0, Math.max(blocks[before]?.type === 'list' ? before : last, 0));
}

const lastBlock = (blocks) => blocks.findLastIndex(({ type }) => type !== 'space');

// Joined blocks must be the text again, and the lexer would turn these into line feeds.
export const withoutCarriageReturns = (text) =>
  text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
