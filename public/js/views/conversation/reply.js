import { html } from '../html.js';
import { isRunning } from '../../reading/reply.js';
import { Prose } from '../../markdown/prose.js';
import { Reasoning } from './reasoning.js';
import { ReplyActions } from './reply-actions.js';
import { ReplyEnding } from './reply-ending.js';

export function Reply({ reply }) {
  const running = isRunning(reply);
  const waiting = running && !reply.content && !reply.reasoning;
  return html`
    <article class="message reply ${running ? 'running' : ''}" aria-label="Assistant"
      aria-busy=${String(running)}>
      ${reply.reasoning && html`<${Reasoning} reply=${reply} />`}
      <${Prose} text=${reply.content} growing=${running} />
      ${waiting && html`<p class="waiting">
        <span class="visually-hidden">Waiting for the first words</span></p>`}
      ${running && reply.lost && html`<p class="ending quiet" role="status">Reconnecting…</p>`}
      ${!running && html`<${ReplyEnding} reply=${reply} /><${ReplyActions} reply=${reply} />`}
    </article>`;
}
