// What people read in the page's own scripts and documents: the texts that are translated, and
// literals that are not.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fileOf } from './page.js';

const root = fileURLToPath(fileOf('js/'));

export const scripts = readdirSync(root, { recursive: true })
  .filter((name) => name.endsWith('.js'))
  .map((name) => ({ name, source: readFileSync(root + name, 'utf8') }));

const quote = /^(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/;
const skipped = /^(?:\/\/[^\n]*|\/\*[^]*?\*\/|\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*(?=[\s.,;)\]]))/;
const beforeRegExp = /[(,=:[!&|?{};>]\s*$|\breturn\s*$|^\s*$/;

/**
 * The literals of a script as `{ text, place, before }`; that of a template has `tag`, and `\0`
 * where something is put in.
 */
export function literals(source, start = 0, end = '') {
  const found = [];
  let at = start;
  while (at < source.length && !(end && source[at] === end)) {
    const rest = source.slice(at);
    const before = source.slice(start, at);
    const isComment = rest.startsWith('//') || rest.startsWith('/*');
    const isSkipped = skipped.exec(rest);
    const string = quote.exec(rest);
    if (isSkipped && (isComment || beforeRegExp.test(before.slice(-20)))) at += isSkipped[0].length;
    else if (string) {
      found.push({ text: unescaped(string[1] ?? string[2]), place: at, length: string[0].length });
      at += string[0].length;
    } else if (source[at] === '`') {
      const template = templateAt(source, at);
      found.push(...template.found);
      at = template.end;
    } else if (source[at] === '{') {
      const inner = literals(source, at + 1, '}');
      found.push(...inner);
      at = inner.end + 1;
    } else at += 1;
  }
  return Object.assign(found, { end: at });
}

function templateAt(source, start) {
  const tag = /(\w*)\s*$/.exec(source.slice(0, start))[1];
  const found = [];
  let text = '';
  let at = start + 1;
  while (source[at] !== '`') {
    if (source.startsWith('${', at)) {
      const inner = literals(source, at + 2, '}');
      found.push(...inner);
      at = inner.end + 1;
      text += '\0';
    } else if (source[at] === '\\') {
      text += unescaped(source.slice(at, at + 2));
      at += 2;
    } else text += source[at++];
  }
  found.push({ text, tag, place: start, length: at + 1 - start });
  return { found, end: at + 1 };
}

const unescaped = (text) => text.replace(/\\(.)/g, (_, sign) => (sign === 'n' ? '\n' : sign));

/** Strings that are joined by `+` are one; they keep the place of the first. */
function joined(source, all) {
  const made = [];
  for (const one of [...all].sort((a, b) => a.place - b.place)) {
    const last = made.at(-1);
    const between = last && source.slice(last.place + last.length, one.place);
    if (last && one.tag === undefined && last.tag === undefined && /^\s*\+\s*$/.test(between)) {
      last.text += one.text;
      last.length = one.place + one.length - last.place;
    } else made.push({ ...one });
  }
  return made;
}

const call = (pattern) => (source, { place }) => pattern.test(source.slice(0, place));
const isText = call(/(?<![\w.])t\(\s*$/);
const isOne = call(/(?<![\w.])tn\([^'`"]*,\s*$/);
const isOther = call(/(?<![\w.])tn\([^'`"]*,\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),\s*$/);

/** The texts of a script: `{ text }`, or `{ text, other }` of those with a plural. */
export function textsOf(source) {
  const strings = joined(source, literals(source));
  return strings.flatMap((each, place) => {
    if (isText(source, each)) return [{ text: each.text }];
    if (isOne(source, each)) return [{ text: each.text, other: strings[place + 1].text }];
    return [];
  });
}

/** Calls of `t` and `tn` whose text is not written there. */
export const unclearCalls = (source) =>
  [...source.matchAll(/(?<![\w.])t\((?!\s*['"])[^)]*|(?<![\w.])tn\([^,()]*,(?!\s*['"])[^)]*/g)].map(
    ([found]) => found,
  );

const letters = /\p{L}{2}/u;
const seen = /\b(aria-label|aria-description|title|placeholder|alt|label)=(?:"([^"\0]*)|'([^'\0]*))/g;
const sentence = /^[A-Z][a-z]+(?: |…|\.$|’)/;
const shown = /\b(?:text|title|label|before|description|placeholder)\s*[:=]\s*$|\b(?:say|announce)\(\s*$/;
// Names that are the same in every language.
const names = new Set([
  'Runnel', 'Enter', 'Esc', 'Ctrl', 'Shift', 'Ctrl K', 'WebSocket', 'OPENAI_API_KEY',
  // What the demo understands.
  'Show me Markdown with code, a table and a formula', 'Tell me a long story',
  'Something long, slow: 60 words', 'Think aloud about the best way to cross a river',
]);

/** Texts in the markup of a document or a template: in elements and in attributes. */
export function textsInMarkup(markup) {
  const attributes = [...markup.matchAll(seen)].map(([, , one, two]) => one ?? two);
  const inElements = markup
    .replace(/<(script|style|noscript|code)\b[^]*?<\/\1>|<!--[^]*?-->|<(?:"[^"]*"|'[^']*'|[^>"'])*>/g, '\n')
    .split(/[\n\0]/);
  return [...attributes, ...inElements]
    .map((text) => text.replace(/&\w+;/g, '').trim())
    .filter((text) => letters.test(text) && !names.has(text));
}

/** Literals that people read and that no table has. */
export function untranslated(source) {
  return joined(source, literals(source)).flatMap((each) => {
    if (each.tag === 'html') return textsInMarkup(each.text);
    const isTranslated = [isText, isOne, isOther].some((is) => is(source, each));
    const before = source.slice(0, each.place);
    const isSeen = sentence.test(each.text) || (shown.test(before) && /^[A-Z]/.test(each.text));
    return isSeen && !isTranslated && !names.has(each.text) ? [each.text] : [];
  });
}
