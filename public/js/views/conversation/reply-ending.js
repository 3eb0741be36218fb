import { html } from '../html.js';
import { errorText } from '../../shell/error-text.js';
import { Icon } from '../icon.js';
import { t, tn } from '../../language/translate.js';

const cutShort = {
  length: t('The reply reached its greatest length and ends here.'),
  content_filter: t('The provider’s content filter ended this reply.'),
};

function ending({ status, finish_reason, error }) {
  if (status === 'stopped') return t('You stopped this reply.');
  if (status === 'interrupted') return t('This reply was interrupted before it was finished.');
  if (status === 'failed') return html`${t('This reply failed.')} ${why(error)}`;
  return cutShort[finish_reason];
}

const why = (error) =>
  error && errorText({ name: 'Problem', message: error.detail ?? error.title, title: error.title });

/** Says plainly why a text is not whole, so that half a reply never looks like one. */
export function ReplyEnding({ reply }) {
  const text = ending(reply);
  return html`
    ${text && html`<p class="ending ${reply.status}"><${Icon} name="warning" />${text}</p>`}
    ${reply.finish_reason === 'edited' && html`<p class="ending quiet">${t('Edited by hand.')}</p>`}
    ${reply.omitted > 0 && html`
      <p class="ending quiet">${omitted(reply.omitted)}</p>`}`;
}

const omitted = (count) => tn(count,
  'The oldest message no longer fits the model and was left out.',
  'The {count} oldest messages no longer fit the model and were left out.');
