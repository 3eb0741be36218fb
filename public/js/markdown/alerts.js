import { t } from '../language/translate.js';

// `> [!NOTE]` as GitHub reads it: a quote whose first line names its kind.

const titles = {
  note: t('Note'), tip: t('Tip'), important: t('Important'), warning: t('Warning'),
  caution: t('Caution'),
};

const mark = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i;

/** `{kind, title, children}` of a quote that is one. */
export function alertOf({ children: [first, ...rest] }) {
  if (first?.type !== 'paragraph') return null;
  const [segment, ...segments] = first.children;
  const [line, ...others] = segment?.children ?? [];
  const found = line?.type === 'text' && mark.exec(line.text);
  if (!found || (others.length && found[0].length === line.text.length && !/\n$/.test(found[0])))
    return null;
  const text = line.text.slice(found[0].length);
  const inside = text ? [{ type: 'text', text }, ...others] : others;
  const paragraph = { ...first, children: [{ ...segment, children: inside }, ...segments] };
  const kind = found[1].toLowerCase();
  const empty = !inside.length && !segments.length;
  return { kind, title: titles[kind], children: empty ? rest : [paragraph, ...rest] };
}
