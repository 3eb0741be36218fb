import { html } from '../html.js';
import { useId, useRef, useState } from 'preact/hooks';
import { t, tn } from '../../language/translate.js';
import { placeBelow } from '../../shell/popover-place.js';
import { later, partOf } from '../later.js';

const Figures = later(partOf(() => import('../../reply-details/parts.js'), 'Figures'));

/** A quiet line with the model and the tokens of a reply, which opens to all that is known. */
export function Facts({ reply }) {
  const id = useId();
  const button = useRef();
  const box = useRef();
  const [open, setOpen] = useState(false);
  const { model, usage } = reply;
  const tokens = usage && tn(usage.total_tokens, '{count} token', '{count} tokens');
  const line = [model, tokens].filter(Boolean).join(' · ');
  return line && html`
    <button class="facts" ref=${button} popovertarget=${id} title=${t('Figures')}>${line}</button>
    <div class="menu figures" id=${id} ref=${box} popover="auto" role="group"
      aria-label=${t('Figures')} onToggle=${({ newState }) => setOpen(newState === 'open')}>
      ${open && html`<${Figures} reply=${reply} onClose=${() => box.current.hidePopover()}
        onShown=${() => placeBelow(box.current, button.current)} />`}
    </div>`;
}
