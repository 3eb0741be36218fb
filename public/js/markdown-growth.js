import { lex } from './markdown.js';

/**
 * Lexes a text that grows at its end: only the last block can change its meaning, so all blocks before it keep their
 * tokens, and a view can tell by identity that it has nothing to draw there.
 */
export function grow(previous, text) {
  if (previous?.text === text) return previous;
  const kept = previous && text.startsWith(previous.text) ? settled(previous.blocks) : [];
  const length = kept.reduce((sum, { raw }) => sum + raw.length, 0);
  return { text, blocks: [...kept, ...lex(text.slice(length))] };
}

function settled(blocks) {
  const last = blocks.findLastIndex(({ type }) => type !== 'space');
  return blocks.slice(0, Math.max(last, 0));
}

// Joined blocks must be the text again, and the lexer would turn these into line feeds.
export const withoutCarriageReturns = (text) => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
