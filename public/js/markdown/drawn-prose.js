import '../shared.js';
import { h } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { TextId } from './footnote-links.js';
import { toNode } from './markdown.js';
import { completeEnd } from './growth/unfinished-end.js';
import { grow, mustBeReadWhole, withoutCarriageReturns } from './growth/incremental-lexer.js';
import { groupIn, parts } from './parts.js';
import { useSteps } from './steps.js';

export function Prose({ text: raw, growing: more }) {
  const id = useId();
  const grown = useRef(null);
  const all = withoutCarriageReturns(raw);
  const text = useSteps(all);
  const growing = more || text.length < all.length;
  // A link's address may stand far behind the link.
  const whole = !growing && mustBeReadWhole(text);
  const before = whole && !grown.current?.whole ? null : grown.current;
  grown.current = { ...grow(before, text, growing ? completeEnd : undefined), whole };
  return h(
    TextId.Provider,
    { value: id },
    h('div', { class: 'prose' }, parts(grown.current.blocks, drawn, blocks)),
  );
}

const blocks = groupIn('blocks');

/** One block that cannot be drawn is shown as it was written. */
function drawn(block) {
  try {
    return toNode(block);
  } catch (error) {
    console.error(error);
    return h('p', { class: 'plain' }, block.source);
  }
}
