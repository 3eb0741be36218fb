const topOf = (element) => element.getBoundingClientRect().top;

/** The message at the top of the box and how far it is scrolled. */
export function anchorIn(box) {
  const top = topOf(box);
  const message = firstBelow(top, box.querySelectorAll('[data-id]'));
  return message && { message: message.dataset.id, offset: top - topOf(message) };
}

/** The first of the messages, which stand below each other, that is not all above `top`. */
function firstBelow(top, messages) {
  let [from, to] = [0, messages.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (messages[middle].getBoundingClientRect().bottom > top) to = middle;
    else from = middle + 1;
  }
  return messages[from];
}

const margin = 24;

/**
 * Where that is now, in pixels from the top; undefined while nothing is drawn, and the end where
 * the message is not among what is. Without an offset its beginning is shown, or its first mark.
 */
export function placeOf({ message, offset }, box, marks) {
  const drawn = box.querySelector(`[data-id="${CSS.escape(message)}"]`);
  if (!drawn) return box.querySelector('[data-id]') ? box.scrollHeight : undefined;
  const inside = offset ?? Math.max(-margin, markIn(drawn, marks) - box.clientHeight / 3);
  return Math.round(topOf(drawn) - topOf(box) + box.scrollTop + inside);
}

function markIn(drawn, marks) {
  const [range] = marks?.rangesIn(drawn) ?? [];
  return range ? topOf(range) - topOf(drawn) : 0;
}
