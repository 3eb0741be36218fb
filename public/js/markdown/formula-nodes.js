import { h } from 'preact';
import { signal } from '@preact/signals';

const katex = signal(null);
let loading = null;

function load() {
  loading ??= import('katex').then((module) => (katex.value = module.default));
}

/**
 * The formula as MathML nodes; null while KaTeX is on its way and for TeX that it does not
 * understand.
 */
export function formulaNodes(tex, display) {
  if (!katex.value) {
    load();
    return null;
  }
  try {
    const options = {
      output: 'mathml',
      displayMode: display,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
    };
    return toNode(katex.value.__renderToDomTree(tex, options).children[0]);
  } catch {
    return null;
  }
}

// KaTeX's tree has elements, texts, spaces and groups without an element.
function toNode({ type, text, attributes, children, character, width }) {
  if (text !== undefined) return text;
  if (width !== undefined) return character ?? h('mspace', { width: `${width}em` });
  if (!type) return children.map(toNode);
  // Some commands ask for inline styles, which the content security policy rightly refuses.
  const { style, ...allowed } = attributes;
  return h(type, allowed, children.map(toNode));
}
