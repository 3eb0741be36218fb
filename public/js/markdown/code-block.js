import { html } from '../views/html.js';
import { highlighted } from './highlighting.js';
import { CopyButton } from '../views/copy-button.js';

export const CodeBlock = ({ code, language }) => html`
  <div class="code-block">
    <div class="code-head"><span>${language || 'text'}</span><${CopyButton} text=${code}
      label="Copy code" /></div>
    <pre tabindex="0"><code>${highlighted(code, language.toLowerCase())?.map(toNode) ?? code}</code>
      </pre>
  </div>`;

function toNode(token) {
  if (typeof token === 'string') return token;
  const content = token.children.map(toNode);
  return token.scope
    ? html`<span class="code-${token.scope.split('.')[0]}">${content}</span>`
    : content;
}
