// Blocks that grow at their end. `settle` says which of a block's children will not change any
// more, where what is still to be read begins, and after which `prefix` it is read as if the
// settled ones stood before it; `join` puts both together.
import { fold } from '../parts.js';

function settleChildren(children, lines, prefix = '') {
  const count = children.findLastIndex(({ lines: [first] }) => first < lines.whole);
  if (count < 1 || !lines.mayCutBefore(children[count])) return null;
  return {
    at: lines.offsetOf(children[count].lines[0]),
    prefix,
    parts: (parts) => fold(parts, children.slice(0, count)),
  };
}

const list = {
  settle: ({ children }, lines) => settleChildren(children, lines),
  continues: (node, { type, token }) => node.type === type && node.token.markup === token.markup,
  join: (node, parts, { token, loose }) => ({
    ...node, token, loose: node.loose || loose, children: [...parts, ...node.children],
  }),
};

const quote = {
  settle: list.settle,
  continues: (node, { type }) => node.type === type,
  join: (node, parts) => ({ ...node, children: [...parts, ...node.children] }),
};

const rowsOf = ({ children: [, body] }) => body?.children ?? [];

const table = {
  settle(node, lines) {
    const prefix = lines.between(node.lines[0], node.lines[0] + 2);
    return settleChildren(rowsOf(node), lines, prefix);
  },
  continues: quote.continues,
  join(node, parts) {
    const body = { type: 'tbody', children: [...parts, ...rowsOf(node)] };
    return { ...node, children: [node.children[0], body] };
  },
};

const fence = {
  /** Lines of code are strings, and one part holds all that came at once. */
  settle({ token, lines: [first, end] }, lines) {
    const count = Math.min(end, lines.whole) - first - 1;
    const content = token.content.split('\n').slice(0, count);
    const closed = end - first - 1 > token.content.replace(/\n$/, '').split('\n').length;
    if (count < 1 || closed || !token.content) return null;
    return {
      at: lines.offsetOf(first + 1 + count),
      prefix: lines.between(first, first + 1),
      parts: (text) => `${text}${content.join('\n')}\n`,
    };
  },
  none: '',
  continues: quote.continues,
  join: (node, text) => ({
    ...node, token: { ...node.token, content: text + node.token.content },
  }),
};

const margin = 400;

const paragraph = {
  settle({ children, lines: [first] }, lines, skip) {
    const left = children.reduce((sum, { text }) => sum + text.length, 0);
    const [{ text }] = children.length > 1 ? children : [{ text: '' }];
    if (!text || left < text.length + margin) return null;
    const indent = skip ? 0 : /^ */.exec(lines.between(first, first + 1))[0].length;
    const at = lines.offsetOf(first) + skip + indent + text.length;
    return {
      at, prefix: `x${/\s$/.exec(text)?.[0] ?? ''}`, parts: (parts) => fold(parts, [children[0]]),
    };
  },
  continues: ({ type }) => type === 'paragraph' || type === 'heading',
  join: quote.join,
  placeholder: true,
};

export const growing = {
  bullet_list: list, ordered_list: list, blockquote: quote, table, fence, paragraph,
};
