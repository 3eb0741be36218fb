// Markdown → tokens (by marked) → Preact nodes. No HTML string in between, so nothing in a reply
// can become markup.
import { Marked } from 'marked';
import { h } from 'preact';
import { decodeEntities } from './entities.js';
import { blockFormula, inlineFormula } from './formula-syntax.js';
import { CodeBlock } from './code-block.js';
import { Formula } from './formula.js';

const marked = new Marked({ gfm: true, extensions: [] });
marked.use({ extensions: [blockFormula, inlineFormula] });

export const lex = (text) => marked.lexer(text);

const safeProtocols = new Set(['http:', 'https:', 'mailto:']);

export function safeAddress(href) {
  const address = URL.canParse(href) ? new URL(href) : null;
  return address && safeProtocols.has(address.protocol) ? address.href : null;
}

function link(href, title, content) {
  const address = safeAddress(decodeEntities(href));
  if (!address) return content;
  return h(
    'a',
    { href: address, title, target: '_blank', rel: 'noopener noreferrer nofollow' },
    content,
  );
}

const within =
  (tag) =>
  ({ tokens }) =>
    h(tag, null, toNodes(tokens));
const content = ({ tokens, text }) => (tokens ? toNodes(tokens) : decodeEntities(text));

const nodes = {
  space: () => null,
  def: () => null,
  br: () => h('br'),
  hr: () => h('hr'),
  text: content,
  escape: ({ text }) => text,
  strong: within('strong'),
  em: within('em'),
  del: within('del'),
  paragraph: within('p'),
  blockquote: within('blockquote'),
  heading: ({ depth, tokens }) => h(`h${depth}`, null, toNodes(tokens)),
  codespan: ({ text }) => h('code', null, text),
  code: ({ text, lang }) =>
    h(CodeBlock, { code: text, language: lang?.trim().split(/\s/)[0] ?? '' }),
  formula: ({ text, raw, display }) => h(Formula, { tex: text, source: raw, display }),
  link: ({ href, title, tokens }) => link(href, title, toNodes(tokens)),
  // To fetch an image would tell its host that this reply was read: only a link to it is shown.
  image: ({ href, title, text }) => link(href, title, `Image: ${decodeEntities(text) || href}`),
  html: ({ text, block }) => rawHtml(text, block),
  list: ({ ordered, start, items }) =>
    h(ordered ? 'ol' : 'ul', ordered && start !== 1 ? { start } : null, items.map(listItem)),
  checkbox: ({ checked }) =>
    h('input', {
      type: 'checkbox',
      checked,
      disabled: true,
      'aria-label': checked ? 'Done' : 'To do',
    }),
  table,
};

function rawHtml(text, block) {
  if (/^<br\s*\/?>$/i.test(text.trim())) return h('br');
  return block ? h('p', { class: 'raw-html' }, text.trim()) : text;
}

const listItem = ({ task, tokens }) => h('li', task ? { class: 'task' } : null, toNodes(tokens));

function table({ header, rows }) {
  const cell =
    (tag) =>
    ({ align, tokens }) =>
      h(tag, align ? { class: `align-${align}` } : null, toNodes(tokens));
  return h(
    'div',
    { class: 'table-scroll', role: 'region', 'aria-label': 'Table', tabIndex: 0 },
    h(
      'table',
      null,
      h('thead', null, h('tr', null, header.map(cell('th')))),
      h(
        'tbody',
        null,
        rows.map((row) => h('tr', null, row.map(cell('td')))),
      ),
    ),
  );
}

export const toNode = (token) => (nodes[token.type] ?? content)(token);

export const toNodes = (tokens) => tokens.map(toNode);
