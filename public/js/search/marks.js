// Marks the words of a search in the message that was found, without a change of the document: the
// CSS Custom Highlight API. Where there is none, the message is shown without marks.
import { effect } from '@preact/signals';

const name = 'found';
const most = 500;

/** What was found in a hit, longest first, each once. */
export function wordsOf({ snippet }) {
  const words = snippet.filter(({ hit, text }) => hit && text.trim()).map(({ text }) => text);
  return [...new Set(words.map((word) => word.toLowerCase()))].sort((a, b) => b.length - a.length);
}

/** `[from, to)` of each word in a text, in any case, from the beginning to the end. */
export function placesIn(text, words) {
  const found = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (!found.length) return [];
  const places = text.matchAll(new RegExp(found.join('|'), 'giu'));
  return Array.from(places.take?.(most) ?? [...places].slice(0, most), (match) =>
    [match.index, match.index + match[0].length]);
}

/** The words in what is shown of an element; one may begin in one node and end in another. */
export function rangesIn(element, words) {
  const nodes = [];
  let text = '';
  for (const part of element.querySelectorAll('.prose, .prompt-text')) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      nodes.push({ node: walker.currentNode, from: text.length });
      text += walker.currentNode.data;
    }
    text += '\n';
  }
  let at = 0;
  const boundary = (place, isEnd) => {
    while (nodes[at + 1] && nodes[at + 1].from + (isEnd ? 1 : 0) <= place) at += 1;
    return [nodes[at].node, Math.min(place - nodes[at].from, nodes[at].node.length)];
  };
  return placesIn(text, words).map(([from, to]) => {
    const range = document.createRange();
    range.setStart(...boundary(from, false));
    range.setEnd(...boundary(to, true));
    return range;
  });
}

let painting = false;

/** Marks what was found in a hit whenever its message is the one that is sought. */
export function showMarks({ conversation, marks }, hit) {
  const words = wordsOf(hit);
  marks.set(hit.message, { rangesIn: (element) => rangesIn(element, words) });
  if (!painting && globalThis.CSS?.highlights) paint({ conversation, marks });
  painting = true;
}

/** Draws them for as long as the page lives, anew whenever the message is. */
function paint({ conversation, marks }) {
  let frame;
  const draw = () => {
    const { message } = conversation.sought.peek() ?? {};
    const shown = message && document.querySelector(`[data-id="${CSS.escape(message)}"]`);
    const ranges = shown ? marks.get(message)?.rangesIn(shown) ?? [] : [];
    openAround(ranges[0]);
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  };
  const soon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  };
  const changes = new MutationObserver(soon);
  effect(() => {
    changes.disconnect();
    const all = { childList: true, characterData: true, subtree: true };
    const isMarked = marks.has(conversation.sought.value?.message);
    if (isMarked) changes.observe(document.querySelector('.main'), all);
    soon();
  });
}

const opened = new WeakSet();

/** What is folded is opened once; the reader may close it again. */
function openAround(range) {
  const folded = range?.startContainer.parentElement.closest('details:not([open])');
  if (!folded || opened.has(folded)) return;
  opened.add(folded);
  folded.open = true;
}
