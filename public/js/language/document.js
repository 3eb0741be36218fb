import { translated } from './translate.js';

/** Translates what a document has from the beginning; its style sheet hides it until then. */
export function translateDocument(document) {
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    node.data = translated(node.data.trim()) ?? node.data;
  }
  for (const element of document.querySelectorAll('[aria-label]')) {
    element.ariaLabel = translated(element.ariaLabel) ?? element.ariaLabel;
  }
  document.body.classList.add('translated');
}
