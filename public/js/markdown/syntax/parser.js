// Markdown → a tree of plain objects, by markdown-it: its rules are linear in the length of the
// text, whatever it is made of, and every nesting has a bound here.
import MarkdownIt from 'markdown-it';
import { deepBlocks } from './deep-blocks.js';
import { eastAsianEmphasis } from './east-asian-emphasis.js';
import { addresses } from './addresses.js';
import { details } from './details.js';
import { footnote, footnoteReference } from './footnotes.js';
import { blockFormula, inlineFormula } from './formula-syntax.js';
import { segments } from './segments.js';
import { treeOf } from './token-tree.js';

const interrupting = { alt: ['paragraph', 'reference', 'blockquote', 'list'] };

function reader() {
  const markdown = new MarkdownIt({ html: true });
  // What an address may do is decided where the link is made.
  markdown.validateLink = () => true;
  markdown.normalizeLink = (address) => address;
  markdown.normalizeLinkText = (address) => address;
  markdown.inline.State = eastAsianEmphasis(markdown);
  const { core, block, inline } = markdown;
  core.ruler.at('inline', segments);
  core.ruler.enableOnly(['normalize', 'block', 'inline', 'strip_references']);
  block.ruler.before('table', 'deep', deepBlocks, interrupting);
  block.ruler.before('fence', 'details', details, interrupting);
  block.ruler.before('fence', 'formula', blockFormula, interrupting);
  block.ruler.before('reference', 'footnote', footnote);
  inline.ruler.before('escape', 'formula', inlineFormula);
  inline.ruler.before('link', 'footnote', footnoteReference);
  inline.ruler.at('linkify', addresses);
  inline.ruler.enable('linkify');
  return markdown;
}

export const markdown = reader();

/**
 * The blocks of a text. `references` are the definitions of links that stand before it; those found
 * in the text are added. `skip` characters of its first paragraph are left out.
 */
export const parse = (text, { references = Object.create(null), skip = 0 } = {}) =>
  treeOf(markdown.parse(text, { references, skip }));
