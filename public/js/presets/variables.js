// `{{name | type:default}}` in a preset's prompt is a variable that a person fills in.

const type = /text|select|number|date|checkbox/.source;
const pattern = new RegExp(
  String.raw`\{\{\s*([^{}|\s][^{}|]{0,79}?)\s*(?:\|\s*(${type})\s*(?::([^{}]*))?)?\}\}`, 'g');
const atMost = 50;

/** The variables of a text, each name once, as `{ name, type, options, initial }`. */
export function variablesIn(text) {
  const found = new Map();
  for (const [, name, kind = 'text', given = ''] of text.matchAll(pattern)) {
    if (found.size === atMost) break;
    if (!found.has(name)) found.set(name, variable(name, kind, given.trim()));
  }
  return [...found.values()];
}

function variable(name, kind, given) {
  const options = kind === 'select' ? given.split(',').map((each) => each.trim()) : [];
  return { name, type: kind, options, initial: initialOf(kind, given, options) };
}

function initialOf(kind, given, options) {
  if (kind === 'select') return options[0];
  if (kind === 'checkbox') return /^(true|yes|on|1)$/i.test(given) ? 'yes' : 'no';
  if (kind === 'date' && given === 'today') return today(new Date());
  if (kind === 'date') return /^\d{4}-\d\d-\d\d$/.test(given) ? given : '';
  if (kind === 'number') return given && Number.isFinite(Number(given)) ? given : '';
  return given;
}

function today(now) {
  const two = (number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** `values` is a Map by the names. What they hold is text, also where it looks like a variable. */
export const filledIn = (text, values) =>
  text.replace(pattern, (written, name) => values.get(name) ?? written);
