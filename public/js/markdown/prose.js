import { Component } from 'preact';
import { useRef } from 'preact/hooks';
import { html } from '../views/html.js';
import { toNode } from './markdown.js';
import { closeEmphasis } from './emphasis.js';
import { grow, withoutCarriageReturns } from './incremental-lexer.js';

export function Prose({ text, growing }) {
  const grown = useRef(null);
  // A finished text is lexed as a whole once more: a link's address may stand far behind the link.
  const before = growing || grown.current?.whole ? grown.current : null;
  grown.current = {
    ...grow(before, withoutCarriageReturns(text), growing ? closeEmphasis : undefined),
    whole: !growing,
  };
  return html`<div class="prose">${grown.current.blocks.map((token, place) => html`<${Block}
    key=${place} token=${token} />`)}</div>`;
}

class Block extends Component {
  shouldComponentUpdate({ token }) {
    return token !== this.props.token;
  }

  render({ token }) {
    return toNode(token);
  }
}
