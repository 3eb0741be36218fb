// The tree of a text → Preact nodes. No HTML string in between, so nothing in a reply can become
// markup.
import { h } from 'preact';
import { alertOf } from './alerts.js';
import { CodeBlock } from './code-block.js';
import { directionOf } from './direction.js';
import { FootnoteMark, FootnoteReference } from './footnote-links.js';
import { Formula } from './formula.js';
import { link } from './links.js';
import { list } from './lists.js';
import { parts } from './parts.js';
import { table } from './tables.js';

export const auto = { dir: 'auto' };

const within =
  (tag, attributes = null) =>
  ({ children }) =>
    h(tag, attributes, toNodes(children));
const leaf = (tag) => () => h(tag);

const nodes = {
  text: ({ text }) => text,
  segment: ({ children }) => toNodes(children),
  hardbreak: leaf('br'),
  hr: leaf('hr'),
  strong: within('strong'),
  em: within('em'),
  s: within('del'),
  html: ({ tag, children }) => h(tag, null, toNodes(children)),
  paragraph: ({ children }) => h('p', auto, many(children)),
  blockquote: quote,
  heading: ({ token, children }) => h(token.tag, auto, many(children)),
  details: (node) => h('details', directionOf(node), toNodes(node.children)),
  summary: within('summary'),
  code_inline: ({ token }) => h('code', null, token.content),
  fence: ({ token }) => codeBlock(token.content, token.info),
  code_block: ({ token }) => codeBlock(token.content, ''),
  formula: ({ token }) =>
    h(Formula, { tex: token.content, source: token.markup, display: token.meta.display }),
  link: ({ href, token, children }) =>
    link(href ?? token.attrGet('href'), token?.attrGet('title'), toNodes(children)),
  // To fetch an image would tell its host that this reply was read: only a link to it is shown.
  image: ({ token }) => {
    const href = token.attrGet('src');
    return link(href, token.attrGet('title'), `Image: ${token.content || href}`);
  },
  html_block: ({ token }) => rawHtml(token.content.trim()),
  plain: ({ token }) => h('p', { class: 'plain' }, token.content),
  bullet_list: list,
  ordered_list: list,
  table,
  footnote_reference: ({ token }) => h(FootnoteReference, { name: token.content }),
  footnote: (node) =>
    h('div', { class: 'footnote', ...directionOf(node) }, [
      h(FootnoteMark, { name: node.token.content }), toNodes(node.children),
    ]),
};

const codeBlock = (content, info) =>
  h(CodeBlock, { code: content.replace(/\n$/, ''), language: info.trim().split(/\s/)[0] });

const rawHtml = (text) =>
  /^<br\s*\/?>$/i.test(text) ? h('br') : h('p', { class: 'raw-html', ...auto }, text);

function quote(node) {
  const alert = alertOf(node);
  if (!alert) return h('blockquote', directionOf(node), many(node.children));
  return h('div', { class: `alert ${alert.kind}`, role: 'note', ...directionOf(node) }, [
    h('p', { class: 'alert-title' }, alert.title), many(alert.children),
  ]);
}

const many = (children) => (children.length > 1 ? parts(children, toNode) : toNodes(children));

export const toNode = (node) => nodes[node.type](node);

export const toNodes = (tree) => tree.map(toNode);
