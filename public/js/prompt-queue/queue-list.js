import { html } from '../views/html.js';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../language/translate.js';
import { Icon } from '../views/icon.js';
import { usePage } from '../views/page-context.js';

/** The prompts that wait in the open chat, above the box. */
export function QueueList() {
  const { conversation: { queue, busy, thread } } = usePage();
  // After one that is, the server sends the next a moment later.
  const isComplete = thread.path.value.at(-1)?.value.status === 'complete';
  return html`
    <section class="queue" aria-label=${t('Queue')}>
      ${!busy.value && !isComplete && html`<p class="queue-hint" role="status">${
        t('The last reply is not complete, so these wait. Send one to go on.')}</p>`}
      <ol>${queue.list.value.map((queued) => html`<${Row} key=${queued.id} queued=${queued} />`)}
      </ol>
    </section>`;
}

function Row({ queued }) {
  const { conversation } = usePage();
  const [editing, setEditing] = useState(false);
  if (editing) return html`
    <li class="editing"><${Editor} queued=${queued} onClose=${() => setEditing(false)} /></li>`;
  return html`
    <li>
      <p class="queued-text" dir="auto">${queued.prompt}
        ${queued.attachments?.map(({ id, name }) => html`
          <small key=${id}><${Icon} name="file" />${name}</small>`)}
        ${queued.unfit && html`
          <small role="status">${t('Its model cannot take this: edit or remove it.')}</small>`}</p>
      <button class="button small" type="button" title=${t('Stops the reply that runs')}
        onClick=${() => conversation.queue.send(queued.id)}>${t('Send now')}</button>
      <button class="icon-button" type="button" aria-label=${t('Edit queued prompt')}
        title=${t('Edit')} onClick=${() => setEditing(true)}><${Icon} name="edit" /></button>
      <button class="icon-button" type="button" aria-label=${t('Remove from the queue')}
        title=${t('Remove')} onClick=${() => conversation.queue.remove(queued.id)}
        ><${Icon} name="close" /></button>
    </li>`;
}

function Editor({ queued, onClose }) {
  const { conversation: { queue } } = usePage();
  const box = useRef();
  useLayoutEffect(() => box.current.focus(), []);
  const save = async () => {
    const prompt = box.current.value.trim();
    if (prompt && (prompt === queued.prompt || (await queue.change(queued.id, prompt)))) onClose();
  };
  const onKeyDown = (event) => {
    const saves = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (!saves && event.key !== 'Escape') return;
    event.preventDefault();
    if (saves) save();
    else onClose();
  };
  return html`
    <div class="queue-editor" onKeyDown=${onKeyDown}>
      <textarea aria-label=${t('Queued prompt')} ref=${box} rows="3"
        defaultValue=${queued.prompt}></textarea>
      <div class="dialog-actions">
        <button class="button small" type="button" onClick=${onClose}>${t('Cancel')}</button>
        <button class="button small primary" type="button" onClick=${save}>${t('Save')}</button>
      </div>
    </div>`;
}
