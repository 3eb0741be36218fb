import { Component } from 'preact';
import { useRef } from 'preact/hooks';
import { html } from '../html.js';
import { usePage } from '../page-context.js';
import { later, partOf } from '../later.js';
import { useMessageWindow } from './message-window.js';
import { OutgoingPrompt, Prompt } from './prompt.js';
import { Reply } from './reply.js';

export function Messages() {
  const { conversation: { opened, thread, outbox, sought }, scrollMemory } = usePage();
  const outgoing = outbox.outgoing.value;
  const path = outgoing ? upTo(thread.path.value, outgoing.parent) : thread.path.value;
  const start = sought.value?.message ?? scrollMemory.of(opened)?.message;
  const window = useMessageWindow(path, start, sought.value);
  // The same node each time, so that a message more costs no look at the others.
  const known = useRef(new WeakMap()).current;
  const nodeOf = (message, place) => {
    if (!known.has(message)) known.set(message, nodeFor(message, window.isFar(place)));
    return known.get(message);
  };
  return html`
    <div class="messages">
      ${path.map((message, place) => window.has(place) && nodeOf(message, place))}
      ${outgoing && html`<${OutgoingPrompt} key=${outgoing.id} outgoing=${outgoing} />`}
    </div>`;
}

const nodeFor = (message, far) => {
  const { id } = message.peek();
  const node = html`<${Guarded} key=${id} message=${message}><${Message} message=${message} /><//>`;
  return far ? html`<div class="far" key=${id}>${node}</div>` : node;
};

/** A message that cannot be drawn is shown as it was written; all others stay. */
class Guarded extends Component {
  componentDidCatch(error) {
    console.error(error);
    this.setState({ failed: true });
  }

  render({ message, children }, { failed }) {
    return failed
      ? html`<article class="message"><p class="plain">${message.value.content}</p></article>`
      : children;
  }
}

const Columns = later(partOf(() => import('../../reply-details/parts.js'), 'Columns'));

function Message({ message }) {
  const { role, id } = message.value;
  const columns = usePage().conversation.thread.columns?.value ?? [];
  if (columns.some((each) => each.peek().id === id)) return html`
    <${Columns} ...${{ replies: columns, Reply }} />`;
  return role === 'user'
    ? html`<${Prompt} message=${message.value} />`
    : html`<${Reply} reply=${message.value} />`;
}

/** While the parent is not known yet, the prompt stands below all that is there. */
function upTo(path, parent) {
  const place = path.findIndex((message) => message.peek().id === parent);
  return place < 0 && parent !== null ? path : path.slice(0, place + 1);
}
