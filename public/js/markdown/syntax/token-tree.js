// markdown-it's flat list of tokens as a tree: `{type, token, lines, children}`. `lines` are the
// first line of a block and the one behind its last.
import { inlineTree } from './inline-tree.js';

export function treeOf(tokens) {
  const root = { children: [] };
  const open = [root];
  for (const token of tokens) {
    if (token.nesting < 0) close(open.pop());
    else if (token.type === 'inline') open.at(-1).children.push(...token.segments.map(segment));
    else {
      const node = nodeOf(token);
      open.at(-1).children.push(node);
      if (token.nesting > 0) open.push(node);
    }
  }
  return root.children;
}

const nodeOf = (token) => ({
  type: token.type.replace(/_open$/, ''),
  token,
  lines: token.map,
  children: [],
});

const segment = ({ text, tokens }) => ({ type: 'segment', text, children: inlineTree(tokens) });

/** Paragraphs are bare in a list whose items have no empty lines between them. */
function close(node) {
  if (!/_list$/.test(node.type)) return;
  node.loose = node.children.some(({ children }) =>
    children.some(({ type, token }) => type === 'paragraph' && !token.hidden),
  );
}
