import { h } from 'preact';
import { t } from '../language/translate.js';
import { directionOf } from './direction.js';
import { auto, toNode, toNodes } from './markdown.js';
import { fan, groupIn, parts } from './parts.js';

export function list(node) {
  const { type, token, loose, children } = node;
  const start = token.attrGet('start');
  const attributes = { ...directionOf(node), ...(start !== null && { start: Number(start) }) };
  if (type !== 'ordered_list')
    return h('ul', attributes, parts(children, loose ? looseItem : tightItem, group));
  const item = numbered(Number(start ?? 1), loose);
  return h('ol', attributes, parts(children, item, group));
}

const group = groupIn('items');

const looseItem = (node) => listItem(node, toNodes);
const tightItem = (node) =>
  listItem(node, (children) =>
    children.map((child) =>
      child.type === 'paragraph' ? toNodes(child.children) : toNode(child),
    ),
  );

const numberedItems = new Map();

/** A group whose layout can be left out counts by itself, so its first item has its number. */
function numbered(start, loose) {
  const key = `${start} ${loose}`;
  if (!numberedItems.has(key)) numberedItems.set(key, numberedFrom(start, loose));
  return numberedItems.get(key);
}

const numberedFrom = (start, loose) => (node, place) => {
  const item = loose ? looseItem(node) : tightItem(node);
  if (place && place % fan === 0) item.props.value = start + place;
  return item;
};

// A tight item holds its text itself, and a loose one in paragraphs.
const listItemDirection = (children) => directionOf({ children }) ?? auto;

const box = /^\[([ xX])\][ \n]/;

function listItem({ children }, draw) {
  const checked = taskOf(children[0]);
  const direction = listItemDirection(children);
  if (checked === null) return h('li', direction, draw(children));
  const done = checked !== ' ';
  const checkbox = h('input', {
    type: 'checkbox', checked: done, disabled: true, 'aria-label': done ? t('Done') : t('To do'),
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
