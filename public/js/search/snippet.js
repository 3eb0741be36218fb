import { h } from 'preact';

/** The pieces of a snippet as nodes: those that were looked for are marked, all are only text. */
export const Snippet = ({ pieces }) =>
  pieces.map(({ text, hit }) => (hit ? h('mark', null, text) : text));
