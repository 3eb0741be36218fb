import { html } from '../html.js';
import { Icon } from '../icon.js';

const cutShort = {
  length: 'The reply reached its greatest length and ends here.',
  content_filter: 'The provider’s content filter ended this reply.',
};

function ending({ status, finish_reason, error }) {
  if (status === 'stopped') return 'You stopped this reply.';
  if (status === 'interrupted') return 'This reply was interrupted before it was finished.';
  if (status === 'failed') return `This reply failed. ${error?.detail ?? error?.title ?? ''}`;
  return cutShort[finish_reason];
}

/** Says plainly why a text is not whole, so that half a reply never looks like one. */
export function ReplyEnding({ reply }) {
  const text = ending(reply);
  return html`
    ${text && html`<p class="ending ${reply.status}"><${Icon} name="warning" />${text}</p>`}
    ${reply.finish_reason === 'edited' && html`<p class="ending quiet">Edited by hand.</p>`}
    ${reply.omitted > 0 && html`
      <p class="ending quiet">${omitted(reply.omitted)} left out.</p>`}`;
}

const omitted = (count) => (count === 1
  ? 'The oldest message no longer fits the model and was'
  : `The ${count} oldest messages no longer fit the model and were`);
