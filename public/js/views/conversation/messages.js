import { Component } from 'preact';
import { html } from '../html.js';
import { usePage } from '../page-context.js';
import { useMessageWindow } from './message-window.js';
import { OutgoingPrompt, Prompt } from './prompt.js';
import { Reply } from './reply.js';

export function Messages() {
  const { conversation: { opened, thread, outbox }, scrollMemory } = usePage();
  const outgoing = outbox.outgoing.value;
  const path = outgoing ? upTo(thread.path.value, outgoing.parent) : thread.path.value;
  const drawn = useMessageWindow(path, scrollMemory.of(opened)?.message);
  return html`
    <div class="messages">
      ${drawn.map((message) => html`
        <${Guarded} key=${message.peek().id} message=${message}>
          <${Message} message=${message} /></${Guarded}>`)}
      ${outgoing && html`<${OutgoingPrompt} key=${outgoing.id} outgoing=${outgoing} />`}
    </div>`;
}

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

function Message({ message }) {
  const { role } = message.value;
  return role === 'user'
    ? html`<${Prompt} message=${message.value} />`
    : html`<${Reply} reply=${message.value} />`;
}

/** While the parent is not known yet, the prompt stands below all that is there. */
function upTo(path, parent) {
  const place = path.findIndex((message) => message.peek().id === parent);
  return place < 0 && parent !== null ? path : path.slice(0, place + 1);
}
