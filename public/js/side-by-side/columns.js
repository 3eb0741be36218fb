import { t } from '../language/translate.js';
import { firstToken, speed } from '../reply-details/rows.js';
import { CopyButton } from '../views/copy-button.js';
import { html } from '../views/html.js';
import { Icon } from '../views/icon.js';
import { usePage } from '../views/page-context.js';

/** Replies to one prompt beside each other; `replies` are their signals, `Reply` draws one. */
export function Columns({ replies, Reply }) {
  const { conversation: { thread }, models, overlay } = usePage();
  const [first] = replies;
  const canAsk = thread.hasRoom && models.list.value.length > replies.length;
  return html`
    <div class="columns" role="group" aria-label=${t('Replies side by side')} tabindex="0">
      ${replies.map((reply) => html`
        <${Column} key=${reply.peek().id} ...${{ reply: reply.value, Reply }} />`)}
    </div>
    ${canAsk && html`
      <button class="button small" onClick=${() =>
        (overlay.value = { name: 'models', beside: first.peek() })}>
        <${Icon} name="model" />${t('Another model…')}</button>`}`;
}

function Column({ reply, Reply }) {
  const { conversation: { commands } } = usePage();
  const stop = () => commands.stop([reply.id]);
  return html`
    <section class="column" aria-label=${reply.model}>
      <header class="column-head">
        <p class="column-name">${reply.model}</p>
        ${reply.status === 'streaming' && html`<button class="icon-button" onClick=${stop}
          aria-label=${t('Stop {model}', { model: reply.model })}
          title=${t('Stop this one')}><${Icon} name="stop" /></button>`}
        <${Pace} reply=${reply} />
      </header>
      <${Reply} reply=${reply} actions=${Ended} />
      <${Keep} reply=${reply} />
    </section>`;
}

function Pace({ reply }) {
  const { conversation: { times } } = usePage();
  const seen = times.of(reply.id);
  const first = firstToken(seen);
  const said = [first && `${t('First token')} ${first}`, speed(seen, reply.usage)];
  const text = said.filter(Boolean).join(' · ');
  return text && html`<p class="column-pace">${text}</p>`;
}

const Ended = ({ reply }) => html`
  <div class="message-actions"><${CopyButton} text=${reply.content} label=${t('Copy')} /></div>`;

function Keep({ reply }) {
  const { conversation } = usePage();
  const keep = () => {
    conversation.keep(reply);
    document.getElementById('message').focus();
  };
  return html`
    <button class="button small" onClick=${keep}
      title=${t('Go on from this reply; the others are stopped and stay as versions')}>
      ${t('Keep this one')}
      <span class="visually-hidden">: ${reply.model}</span></button>`;
}
