import { html } from '../html.js';
import { useRef, useState } from 'preact/hooks';
import { Icon } from '../icon.js';
import { t } from '../../language/translate.js';
import { later, partOf } from '../later.js';

const Menu = later(partOf(() => import('../../keeping/parts.js'), 'MessageMenu'));

/** What is rarely done with a message is loaded when somebody looks for it. */
export function MessageMenu({ message }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef();
  return html`
    <button class="icon-button" ref=${button} aria-label=${t('More for this message')}
      title=${t('More')} onClick=${() => setOpen(true)}><${Icon} name="more" /></button>
    ${isOpen && html`<${Menu} message=${message} button=${button.current}
      onClose=${() => setOpen(false)} />`}`;
}
