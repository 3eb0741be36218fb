import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../views/html.js';
import { t } from '../language/translate.js';
import { CopyButton } from '../views/copy-button.js';
import { later, partOf } from '../views/later.js';
import { colourNext, growCode, isColoured, isDue } from './growth/code-pieces.js';
import { highlighter } from './highlighting.js';
import { parts } from './parts.js';

const CodeTools = later(partOf(() => import('../code/code-tools.js'), 'CodeTools'));
const Preview = later(partOf(() => import('../code/preview.js'), 'Preview'));

const restMilliseconds = 300;

/** Code that grows is coloured from time to time, and when it has not grown for a while. */
export function CodeBlock({ code, language }) {
  const pieces = usePieces(code, highlighter(language.toLowerCase()));
  const [view, setView] = useState({});
  return html`
  <div class="code-block">
    <div class="code-head"><span>${language || 'text'}</span>
      <${CodeTools} code=${code} language=${language} view=${view} onView=${setView} />
      <${CopyButton} text=${code} label=${t('Copy code')} /></div>
    ${view.previewed && html`<${Preview} code=${code} language=${language} />`}
    <pre tabindex="0" class=${view.wrapped ? 'wrapped' : ''} hidden=${view.previewed}><code>${
  parts(pieces, drawn)}</code></pre>
  </div>`;
}

/** To colour is a task of its own. */
function usePieces(code, colour) {
  const known = useRef(null);
  const [, drawAgain] = useState(0);
  known.current = growCode(known.current, code, colour);
  const isDone = !colour || isColoured(known.current);
  const wait = isDone || isDue(known.current) ? 0 : restMilliseconds;
  const next = () => {
    known.current = colourNext(known.current, colour);
    drawAgain((times) => times + 1);
  };
  useEffect(() => {
    if (isDone) return undefined;
    const timer = setTimeout(next, wait);
    return () => clearTimeout(timer);
  }, [isDone, wait, wait ? code : known.current.settled]);
  return known.current.pieces;
}

/** Lines behind the first piece are a box of their own, which is laid out when it is seen. */
function drawn({ tokens, plain }, place) {
  const content = [...tokens.map(toNode), ...plain];
  return place ? h('span', { class: 'lines' }, content) : content;
}

const toNode = ({ text, scopes }) =>
  scopes.reduceRight(
    (inside, scope) => h('span', { class: `code-${scope.split('.')[0]}` }, inside),
    text,
  );
