import { h } from 'preact';
import { t } from '../language/translate.js';
import { directionOf } from './direction.js';
import { auto, toNodes } from './markdown.js';
import { parts } from './parts.js';

export function table(node) {
  const [head, body] = node.children;
  return h(
    'div',
    { class: 'table-scroll', role: 'group', 'aria-label': t('Table'), tabIndex: 0 },
    h(
      'table',
      directionOf(head),
      h('thead', null, head.children.map(row)),
      body && parts(body.children, row, rows),
    ),
  );
}

const rows = (drawn) => h('tbody', null, drawn);

const row = ({ children }) => h('tr', null, children.map(cell));

function cell({ token, children }) {
  const align = token.attrGet('style')?.slice('text-align:'.length);
  return h(token.tag, { ...(align && { class: `align-${align}` }), ...auto }, toNodes(children));
}
