import { h } from 'preact';
import { directionOf } from './direction.js';
import { auto, toNode, toNodes } from './markdown.js';
import { parts } from './parts.js';

export function list(node) {
  const { type, token, loose, children } = node;
  const start = token.attrGet('start');
  const attributes = { ...directionOf(node), ...(start !== null && { start: Number(start) }) };
  const item = loose ? looseItem : tightItem;
  return h(type === 'ordered_list' ? 'ol' : 'ul', attributes, parts(children, item));
}

const looseItem = (node) => listItem(node, toNodes);
const tightItem = (node) =>
  listItem(node, (children) =>
    children.map((child) =>
      child.type === 'paragraph' ? toNodes(child.children) : toNode(child),
    ),
  );

// A tight item holds its text itself, and a loose one in paragraphs.
const listItemDirection = (children) => directionOf({ children }) ?? auto;

const box = /^\[([ xX])\][ \n]/;

function listItem({ children }, draw) {
  const checked = taskOf(children[0]);
  const direction = listItemDirection(children);
  if (checked === null) return h('li', direction, draw(children));
  const done = checked !== ' ';
  const checkbox = h('input', {
    type: 'checkbox', checked: done, disabled: true, 'aria-label': done ? 'Done' : 'To do',
  });
  return h('li', { class: 'task', ...direction }, [checkbox, draw(withoutBox(children))]);
}

const taskOf = (first) =>
  first?.type === 'paragraph'
    ? (box.exec(first.children[0]?.children[0]?.text ?? '')?.[1] ?? null)
    : null;

function withoutBox([first, ...rest]) {
  const [segment, ...segments] = first.children;
  const [{ text }, ...others] = segment.children;
  const shorter = { ...segment, children: [{ type: 'text', text: text.slice(4) }, ...others] };
  return [{ ...first, children: [shorter, ...segments] }, ...rest];
}
