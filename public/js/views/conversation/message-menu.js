import { html } from '../html.js';
import { useRef, useState } from 'preact/hooks';
import { lazily, loadKeeping } from '../../shell/lazy-parts.js';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';

/** What is rarely done with a message is loaded when somebody looks for it. */
export function MessageMenu({ message }) {
  const { notices } = usePage();
  const [part, setPart] = useState(null);
  const button = useRef();
  const open = () =>
    lazily(loadKeeping).then(setPart, (error) =>
      notices.report(error),
    );
  return html`
    <button class="icon-button" ref=${button} aria-label="More for this message" title="More"
      onClick=${open}><${Icon} name="more" /></button>
    ${part && html`<${part.Menu} message=${message} button=${button.current}
      onClose=${() => setPart(null)} />`}`;
}
