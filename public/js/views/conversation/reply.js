import { html } from '../html.js';
import { useRef } from 'preact/hooks';
import { t } from '../../language/translate.js';
import { isRunning } from '../../reading/reply.js';
import { partsOf } from '../../reading/runs.js';
import { Prose } from '../../markdown/prose.js';
import { Reasoning } from './reasoning.js';
import { ReplyActions } from './reply-actions.js';
import { ReplyEnding } from './reply-ending.js';
import { useSelectionHold } from './selection-hold.js';

export function Reply({ reply: newest, actions: Actions = ReplyActions }) {
  const box = useRef();
  const reply = useSelectionHold(box, newest, isRunning(newest));
  const running = isRunning(reply);
  const parts = partsOf(reply);
  const state = running ? `running ${parts.at(-1)?.thought ? 'in-thought' : ''}` : '';
  // A browser that translates takes the text nodes away, and what grows would be lost with them.
  return html`
    <article class="message reply ${state}" aria-label=${t('Assistant')} ref=${box}
      data-id=${reply.id}
      aria-busy=${String(running)} translate=${!running}>
      ${parts.map(({ thought, content }, place) => {
        const growing = running && place === parts.length - 1;
        return thought
          ? html`<${Reasoning} key=${place} text=${content} thinking=${growing} />`
          : html`<${Prose} key=${place} text=${content} growing=${growing} />`;
      })}
      ${running && !parts.length && html`<p class="waiting">
        <span class="visually-hidden">${t('Waiting for the first words')}</span></p>`}
      ${reply !== newest && html`
        <p class="ending quiet">${
          t('More text is here. It goes on when nothing is selected.')}</p>`}
      ${running && reply.lost && html`
        <p class="ending quiet" role="status">${t('Reconnecting…')}</p>`}
      ${!running && html`<${ReplyEnding} reply=${reply} /><${Actions} reply=${reply} />`}
    </article>`;
}
