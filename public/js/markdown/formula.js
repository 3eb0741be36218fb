import { html } from '../views/html.js';
import { formulaNodes } from './formula-nodes.js';

export function Formula({ tex, source, display }) {
  const nodes = formulaNodes(tex, display);
  if (!nodes) return html`<code class="tex">${source.trim()}</code>`;
  return display ? html`<div class="formula">${nodes}</div>` : nodes;
}
