import { html } from '../html.js';
import { useState } from 'preact/hooks';
import { t } from '../../language/translate.js';
import { usePage } from '../page-context.js';
import { Prose } from '../../markdown/prose.js';

/**
 * Open while the model thinks, closed once it says something, unless the reader wants it otherwise:
 * has opened or closed it, or has scrolled up to read it.
 */
export function Reasoning({ text, thinking }) {
  const { scrollMemory } = usePage();
  const [wanted, setWanted] = useState(null);
  const [thought, setThought] = useState(thinking);
  if (thought !== thinking) {
    setThought(thinking);
    if (thought && wanted === null && !scrollMemory.following.peek()) setWanted(true);
  }
  const open = wanted ?? thinking;
  const toggle = (event) => {
    event.preventDefault();
    setWanted(!open);
  };
  return html`
    <details class="reasoning ${thinking ? 'thinking' : ''}" open=${open}>
      <summary onClick=${toggle}>${t('Reasoning')}</summary>
      ${open && html`<${Prose} text=${text} growing=${thinking} />`}
    </details>`;
}
