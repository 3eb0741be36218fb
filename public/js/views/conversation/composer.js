import { html } from '../html.js';
import { useEffect, useRef } from 'preact/hooks';
import { keyboard } from '../../shell/keyboard.js';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';
import { Late } from '../late.js';
import { ModelChoice } from './model-choice.js';
import { TextBox } from '../text-box.js';

const isTemporary = ({ chat, beginning }) =>
  (chat.value ?? beginning.values.value).temporary === true;

export function Composer() {
  const { conversation } = usePage();
  const { outbox, busy, visit, queue } = conversation;
  const box = useRef();
  useEffect(() => {
    if (keyboard.matches) box.current.focus();
  }, [visit.value]);

  const send = () => {
    const prompt = outbox.typed.value.trim();
    if (busy.value && !prompt) return;
    box.current.focus();
    if (busy.value) conversation.enqueue(prompt);
    else if (prompt) conversation.send(prompt);
  };

  const submit = (event) => {
    event.preventDefault();
    send();
  };

  return html`
    <form class="composer" onSubmit=${submit}>
      ${queue.list.value.length > 0 && html`<${Late} part="QueueList" />`}
      <div class="composer-box ${isTemporary(conversation) ? 'temporary' : ''}">
        ${/^\/[^\s/]*$/.test(outbox.typed.value) && html`
          <${Late} part="SlashMenu" box=${box} />`}
        <${TextBox} id="message" label="Message" placeholder="Ask anything" box=${box}
          value=${outbox.typed.value}
          onInput=${(text) => outbox.type(text)} onEnter=${send} />
        <${Tools} onQueue=${send} />
      </div>
      <${Hint} />
    </form>`;
}

function Tools({ onQueue }) {
  const { conversation } = usePage();
  const busy = conversation.busy.value;
  const empty = !conversation.outbox.typed.value.trim();
  return html`
    <div class="composer-tools">
      <${ModelChoice} />
      ${busy && html`
        <button class="round-button stop" type="button" aria-label="Stop" title="Stop (Esc)"
          onClick=${() => conversation.stop()}><${Icon} name="stop" /></button>`}
      ${busy && !empty && conversation.opened && html`
        <button class="button small" type="button" onClick=${onQueue}
          title="Send it when this reply is complete (Enter)">Queue</button>`}
      <button class="round-button ${empty ? 'empty' : ''}" aria-label="Send" title="Send (Enter)"
        disabled=${busy}><${Icon} name="send" /></button>
    </div>`;
}

function Hint() {
  const { models, conversation } = usePage();
  if (isTemporary(conversation)) return html`
    <p class="composer-hint"><strong>Temporary chat.</strong> It is in no list, and is deleted a
      day after its last reply.</p>`;
  if (!models.isDemo(conversation.chat.value)) return html`
    <p class="composer-hint">A model can be wrong. Check what matters.</p>`;
  return html`
    <p class="composer-hint demo"><strong>Demo model – not a real AI.</strong>${' '}
      Set <code>OPENAI_API_KEY</code> or <code>OPENAI_BASE_URL</code> to talk to a real one.</p>`;
}
