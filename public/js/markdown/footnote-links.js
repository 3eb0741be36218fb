import { createContext, h } from 'preact';
import { useContext } from 'preact/hooks';

/** What makes the ids of one text differ from those of all others on the page. */
export const TextId = createContext('');

const idOf = (kind, text, name) => `${kind}-${text}-${encodeURIComponent(name)}`;

function jump(event) {
  event.preventDefault();
  const target = document.getElementById(event.currentTarget.hash.slice(1));
  target?.scrollIntoView({ block: 'nearest' });
  target?.focus();
}

export const FootnoteReference = ({ name }) => mark(name, 'reference', 'note', name);
export const FootnoteMark = ({ name }) => mark(name, 'note', 'reference', `${name}. `);

function mark(name, own, other, text) {
  const id = useContext(TextId);
  const link = h(
    'a',
    { id: idOf(own, id, name), href: `#${idOf(other, id, name)}`, onClick: jump },
    text,
  );
  return own === 'reference' ? h('sup', null, link) : h('span', { class: 'footnote-mark' }, link);
}
