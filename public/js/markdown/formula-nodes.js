import { h } from 'preact';
import { signal } from '@preact/signals';
import { lazily } from '../shell/lazy-parts.js';

const temml = signal(null);
let loading = null;

function load() {
  loading ??= lazily(() => import('temml')).then(
    (module) => (temml.value = module.default),
    () => (loading = null),
  );
}

/**
 * The formula as MathML nodes; null while Temml is on its way and for TeX that it does not
 * understand.
 */
export function formulaNodes(tex, display) {
  if (!temml.value) {
    load();
    return null;
  }
  try {
    return nodesOf(temml.value.renderToString(tex, { displayMode: display, throwOnError: true }));
  } catch {
    return null;
  }
}

const mostLevels = 200;
const piece = /<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/gi;
const attribute = /([\w:-]+)="([^"]*)"/g;
const elements = /^(?:m[a-z]+|semantics|annotation|span)$/;

/**
 * Temml's string of MathML as nodes, with no way for it to become markup. The content security
 * policy refuses `style` in markup, not styles that are set one by one.
 */
export function nodesOf(markup) {
  const open = [[]];
  for (const [, closing, tag, attributes, empty, text] of markup.matchAll(piece)) {
    if (text) open.at(-1).push(decoded(text));
    else if (closing) open.pop();
    else if (!elements.test(tag)) throw new Error(`no element of MathML: ${tag}`);
    else {
      const children = [];
      open.at(-1).push(h(tag, propertiesOf(attributes), children));
      if (!empty && open.push(children) > mostLevels) throw new Error('nested too deep');
    }
  }
  return open[0];
}

function propertiesOf(attributes) {
  const found = [...attributes.matchAll(attribute)].map(([, name, value]) => [
    name,
    name === 'style' ? styleOf(decoded(value)) : decoded(value),
  ]);
  return Object.fromEntries(found.filter(([name]) => !/^(?:on|href|xlink)/i.test(name)));
}

const styleOf = (text) =>
  Object.fromEntries(
    text.split(';').flatMap((rule) => {
      const [name, value] = rule.split(':');
      return value ? [[camelCase(name.trim()), value.trim()]] : [];
    }),
  );

const camelCase = (name) => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());

const characters = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };
const decoded = (text) => text.replace(/&(\w+|#\w+);/g, (all, name) => characters[name] ?? all);
