import { html } from '../html.js';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { AttachButtons, pastedFiles } from '../../attachments/buttons.js';
import { Strip } from '../../attachments/parts.js';
import { t } from '../../language/translate.js';
import { contextUse, isNearlyFull, percent } from '../../reading/context-use.js';
import { keyboard } from '../../shell/keyboard.js';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';
import { later, partOf } from '../later.js';
import { ModelChoice } from './model-choice.js';
import { TextBox } from '../text-box.js';

const presets = () => import('../../presets/parts.js');
const QueueList = later(partOf(presets, 'QueueList'));
const SlashMenu = later(partOf(presets, 'SlashMenu'));

const isTemporary = ({ chat, beginning }) =>
  (chat.value ?? beginning.values.value).temporary === true;

export function Composer() {
  const { conversation } = usePage();
  const { outbox, busy, visit, queue } = conversation;
  const { attachments } = outbox;
  const box = useRef();
  useLayoutEffect(() => {
    if (keyboard.matches) box.current.focus();
  }, [visit.value]);

  const send = () => {
    const prompt = outbox.typed.value.trim();
    if (attachments.blocked.value || (busy.value && !prompt)) return;
    box.current.focus();
    if (busy.value) conversation.enqueue(prompt);
    else if (prompt) conversation.send(prompt);
  };

  const submit = (event) => {
    event.preventDefault();
    send();
  };

  const paste = (event) => {
    const files = pastedFiles(event);
    if (!files.length) return;
    event.preventDefault();
    attachments.add(files);
  };

  return html`
    <form class="composer" onSubmit=${submit}>
      ${queue.list.value.length > 0 && html`<${QueueList} />`}
      <div class="composer-box ${isTemporary(conversation) ? 'temporary' : ''}" onPaste=${paste}>
        ${/^\/[^\s/]*$/.test(outbox.typed.value) && html`<${SlashMenu} box=${box} />`}
        <${Files} onRemoved=${() => box.current.focus()} />
        <${TextBox} id="message" label=${t('Message')} placeholder=${t('Ask anything')} box=${box}
          value=${outbox.typed.value}
          onInput=${(text) => outbox.type(text)} onEnter=${send} />
        <${Tools} onQueue=${send} />
      </div>
      <${Hint} />
    </form>`;
}

function Files({ onRemoved }) {
  const { conversation, models } = usePage();
  const { attachments } = conversation.outbox;
  if (!attachments.list.value.length) return null;
  const model = models.entry(conversation.chat.value);
  return html`<${Strip} ...${{ attachments, model, onRemoved }} />`;
}

function Tools({ onQueue }) {
  const { conversation } = usePage();
  const { attachments } = conversation.outbox;
  const busy = conversation.busy.value;
  const empty = !conversation.outbox.typed.value.trim();
  return html`
    <div class="composer-tools">
      <${AttachButtons} onFiles=${(files) => attachments.add(files)} />
      <${ModelChoice} />
      ${busy && html`
        <button class="round-button stop" type="button" aria-label=${t('Stop')}
          title=${t('Stop (Esc)')} onClick=${() => conversation.stop()}
          ><${Icon} name="stop" /></button>`}
      ${busy && !empty && conversation.opened && html`
        <button class="button small" type="button" onClick=${onQueue}
          disabled=${attachments.blocked}
          title=${t('Send it when this reply is complete (Enter)')}>${t('Queue')}</button>`}
      <button class="round-button ${empty ? 'empty' : ''}" aria-label=${t('Send')}
        title=${t('Send (Enter)')} disabled=${busy || attachments.blocked}
        ><${Icon} name="send" /></button>
    </div>`;
}

function Hint() {
  const { models, conversation } = usePage();
  if (isTemporary(conversation)) return html`
    <p class="composer-hint"><strong>${t('Temporary chat.')}</strong> ${
      t('It is in no list, and is deleted a day after its last reply.')}</p>`;
  const last = conversation.thread.path.value.at(-1)?.value;
  const use = last && contextUse(last, models.contextOf(models.of(conversation.chat.value)));
  if (isNearlyFull(use)) return html`
    <p class="composer-hint">${
      t('This chat fills {share} of what the model reads at once. When it is full, the oldest '
        + 'messages are left out.', { share: percent(use) })}</p>`;
  if (!models.isDemo(conversation.chat.value)) return html`
    <p class="composer-hint">${t('A model can be wrong. Check what matters.')}</p>`;
  return html`
    <p class="composer-hint demo"><strong>${t('Demo model – not a real AI.')}</strong> ${
      t('Set {key} or {url} to talk to a real one.', {
        key: html`<code>OPENAI_API_KEY</code>`, url: html`<code>OPENAI_BASE_URL</code>`,
      })}</p>`;
}
