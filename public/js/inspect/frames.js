/**
 * Cuts text/event-stream into its frames (WHATWG HTML, 9.2.5), comments and `retry` included, which
 * an EventSource hides. Takes the text in any pieces; each call returns the frames that are whole
 * by now.
 */
export function frameParser() {
  let rest = '';
  return function take(text) {
    const blocks = (rest + text).split(/\r?\n\r?\n/);
    rest = blocks.pop();
    return blocks.map(frame).filter((one) => one !== null);
  };
}

function frame(block) {
  const fields = block.split(/\r?\n/).filter(Boolean).map(field);
  if (!fields.length) return null;
  const last = (name) => fields.findLast(([key]) => key === name)?.[1];
  const data = fields.filter(([key]) => key === 'data').map(([, value]) => value);
  return {
    event: last('event'),
    id: last('id'),
    retry: last('retry'),
    comment: last(''),
    data: data.length ? data.join('\n') : undefined,
  };
}

function field(line) {
  const colon = line.indexOf(':');
  if (colon < 0) return [line, ''];
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
}
