import { html } from '../html.js';
import { useEffect, useRef, useState } from 'preact/hooks';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';

const near = 24;

/** Stays at the end of what it holds while that grows, until the reader scrolls up. */
export function Scroller({ children }) {
  const { conversation } = usePage();
  const sending = Boolean(conversation.outbox.outgoing.value);
  const box = useRef();
  const content = useRef();
  const [away, setAway] = useState(false);
  const jump = useRef(() => {});
  useEffect(() => {
    const end = stayAtEnd(box.current, content.current, setAway);
    jump.current = end.jump;
    return end.stop;
  }, []);
  useEffect(() => {
    if (sending) jump.current();
  }, [sending]);
  return html`
    <div class="scroller" ref=${box} tabindex="-1">
      <div class="scroller-content" ref=${content}>${children}</div>
      <div class="jump">
        ${away && html`<button class="jump-button" onClick=${() => jump.current()}><${Icon}
          name="down" />Jump to latest</button>`}
      </div>
    </div>`;
}

function stayAtEnd(box, content, onAway) {
  let staying = true;
  let before = 0;
  const distance = () => box.scrollHeight - box.clientHeight - box.scrollTop;
  const toEnd = () => (box.scrollTop = box.scrollHeight);

  function onScroll() {
    if (distance() < near) staying = true;
    else if (box.scrollTop < before) staying = false;
    before = box.scrollTop;
    onAway(!staying && distance() > near);
  }

  function jump() {
    staying = true;
    toEnd();
  }

  const growth = new ResizeObserver(() => (staying ? toEnd() : onAway(distance() > near)));
  growth.observe(content);
  growth.observe(box);
  box.addEventListener('scroll', onScroll, { passive: true });
  return { jump, stop: () => growth.disconnect() };
}
