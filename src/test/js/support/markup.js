import { page } from './page.js';

const { isValidElement } = await page('vendor/preact/preact.js');
const { CodeBlock } = await page('js/markdown/code-block.js');
const { contentOf } = await page('js/markdown/parts.js');
const { Formula } = await page('js/markdown/formula.js');

const names = new Map([
  [CodeBlock, 'code-block'],
  [Formula, 'formula'],
]);

/**
 * Preact nodes as `[tag, attributes, ...children]`, with strings that stand side by side joined.
 */
export function markup(node) {
  if (Array.isArray(node))
    return node
      .flatMap((one) => {
        if (Array.isArray(one)) return markup(one);
        return isPart(one) ? markup([drawn(one.props)]) : [markup(one)];
      })
      .filter((one) => one != null);
  if (!isValidElement(node)) return node;
  const { children, ...attributes } = node.props;
  return [
    names.get(node.type) ?? node.type,
    attributes,
    ...(children == null ? [] : markup([children].flat())),
  ];
}

const isPart = (node) => isValidElement(node) && node.props.part !== undefined;
const drawn = contentOf;

/** Every element in the nodes, however deep, as `{tag, attributes}`. */
export function elements(node) {
  if (Array.isArray(node)) return node.flatMap(elements);
  if (!isValidElement(node)) return [];
  if (isPart(node)) return elements(drawn(node.props));
  const { children, ...attributes } = node.props;
  return [
    { tag: names.get(node.type) ?? node.type, attributes },
    ...elements([children].flat(Infinity)),
  ];
}

export function textOf(node) {
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (isPart(node)) return textOf(drawn(node.props));
  if (isValidElement(node)) return textOf([node.props.children].flat(Infinity));
  return node == null ? '' : String(node);
}
