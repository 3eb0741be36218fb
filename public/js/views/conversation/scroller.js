import { html } from '../html.js';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../language/translate.js';
import { anchorIn, placeOf } from '../../reading/scroll-anchor.js';
import { ScrollPosition } from '../../reading/scroll-position.js';
import { usePage } from '../page-context.js';
import { Icon } from '../icon.js';

/** Shows the end of what it holds while that grows, or the place where the reader was before. */
export function Scroller({ children }) {
  const { conversation, scrollMemory, marks } = usePage();
  const sending = Boolean(conversation.outbox.outgoing.value);
  const isNew = !conversation.chat.value && !sending;
  const box = useRef();
  const content = useRef();
  const [position, setPosition] = useState(null);
  useEffect(() => {
    const made = watch({
      conversation, scrollMemory, marks, box: box.current, content: content.current,
    });
    setPosition(made.position);
    return made.stop;
  }, []);
  useEffect(() => {
    if (sending) position?.jump();
  }, [sending]);
  return html`
    <div class="scroller ${scrollMemory.following.value ? 'following' : ''}" id="conversation"
      ref=${box} tabindex="-1">
      <div class="scroller-content" ref=${content}>${children}</div>
      <div class="jump">
        ${position?.away.value && !isNew && html`
          <button class="jump-button" onClick=${() => position.jump()}>
            <${Icon} name="down" />${t('Jump to latest')}</button>`}
      </div>
    </div>`;
}

function watch({ conversation, scrollMemory, marks, box, content }) {
  const { following } = scrollMemory;
  const { sought } = conversation;
  const place = () => {
    const anchor = sought.peek() ?? scrollMemory.of(conversation.opened);
    return anchor && (() => placeOf(anchor, box, marks.get(anchor.message)));
  };
  const position = new ScrollPosition({ box, following, place: place() });
  const end = new AbortController();
  // Before the element itself hears of a click, since it may be drawn anew right after that.
  const options = { signal: end.signal, passive: true, capture: true };
  const visit = conversation.visit.peek();
  let chat = conversation.opened;
  let began = sought.peek();
  // Asked for while it is there, since what was in the box has gone when the chat is left.
  let here = scrollMemory.of(chat);
  const keep = () => chat && scrollMemory.keep(chat, following.peek() ? null : here);

  const stopSeeking = sought.subscribe((now) => {
    if (now === began || conversation.visit.peek() !== visit) return;
    began = undefined;
    if (now) keep();
    position.restore(place());
    // The message may stand where it did, so that no size changes.
    requestAnimationFrame(() => position.resized());
  });

  const growth = new ResizeObserver(() => {
    // A new chat gets its id while it is open; another chat that is opened is another visit.
    if (conversation.visit.peek() === visit) chat ??= conversation.opened;
    // What a new chat begins with is read from its top.
    if (conversation.opened || conversation.outbox.outgoing.peek()) position.resized();
  });
  growth.observe(content);
  growth.observe(box);
  const scrolled = () => {
    position.scrolled();
    if (!position.isRestoring && !following.peek()) here = anchorIn(box) ?? here;
  };
  box.addEventListener('scroll', scrolled, options);
  for (const name of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
    box.addEventListener(name, () => position.stopRestoring(), options);
  }
  box.addEventListener('click', ({ target }) => opens(target) && position.hold(), options);
  addEventListener('pagehide', keep, options);
  const stop = () => {
    stopSeeking();
    growth.disconnect();
    end.abort();
    keep();
  };
  return { position, stop };
}

const opens = (target) => target.closest('summary')?.parentElement.open === false;
