import { html } from '../views/html.js';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { tn } from '../language/translate.js';
import { isComposing } from '../shell/keyboard.js';
import { Option } from './option.js';

const page = 8;
const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };

/**
 * A dialog with a field and a list below it, from which one thing is picked. `groups` are
 * `{ heading, items, busy }`; an item is `{ id, text, act }` with more for the eye, see Option.
 * `children` stand below the list and get the item that is active.
 */
export function Picker({ label, text, onType, groups, onClose, empty, children }) {
  const dialog = useRef();
  const id = useId();
  const [active, setActive] = useState(null);
  const items = groups.flatMap((group) => group.items).filter((item) => !item.disabled);
  const current = items.find((item) => item.id === active) ?? items[0];
  useLayoutEffect(() => dialog.current.showModal(), []);
  useLayoutEffect(() => {
    document.getElementById(idOf(id, current))?.scrollIntoView({ block: 'nearest' });
  }, [current?.id]);

  const pick = (item) => {
    if (!item.stays) dialog.current.close();
    item.act();
  };
  const onKeyDown = (event) => {
    if (isComposing(event) || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') current && pick(current);
    else if (moves[event.key]) setActive(moved(items, current, moves[event.key]));
    else return;
    event.preventDefault();
  };
  const typed = ({ target }) => {
    setActive(null);
    onType(target.value);
  };

  const list = `${id}-list`;
  return html`
    <dialog class="picker" ref=${dialog} aria-label=${label} onClose=${onClose}
      onClick=${({ target }) => target === dialog.current && dialog.current.close()}>
      <div class="picker-box">
        <input class="picker-field" type="text" role="combobox" aria-label=${label}
          placeholder=${label} autocomplete="off" autocapitalize="off" spellcheck=${false}
          enterkeyhint="go" aria-expanded="true" aria-controls=${list} aria-autocomplete="list"
          aria-activedescendant=${current && idOf(id, current)} value=${text}
          onInput=${typed} onKeyDown=${onKeyDown} />
        <div class="picker-list" id=${list} role="listbox" aria-label=${label} tabindex="-1">
          ${groups.filter(({ items: some }) => some.length).map(({ heading, items: some }) => html`
            <div role="group" aria-label=${heading} key=${heading}>
              <div class="picker-heading" aria-hidden="true">${heading}</div>
              ${some.map((item) => html`<${Option} key=${item.id} id=${idOf(id, item)}
                item=${item} active=${item === current} onPick=${pick} />`)}
            </div>`)}
        </div>
        ${!items.length && html`<div class="picker-empty" tabindex="0">${empty}</div>`}
        ${children?.(current)}
        <p class="visually-hidden" role="status">
          ${text && tn(items.length, '{count} result', '{count} results')}</p>
      </div>
    </dialog>`;
}

const idOf = (id, item) => item && `${id}-${item.id.replace(/[^\w-]/g, (sign) =>
  `_${sign.codePointAt(0)}`)}`;

function moved(items, current, by) {
  const place = items.indexOf(current);
  const isOneStep = Math.abs(by) === 1;
  const next = isOneStep ? (place + by + items.length) % items.length : place + by;
  return items[Math.max(0, Math.min(items.length - 1, next))]?.id;
}
