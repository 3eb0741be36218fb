const patient = 25;
// So that a poll soon makes room for what waits for its connection.
const hurried = 1;

export const longPoll = {
  name: 'poll',
  speaksFirst: false,
  holdsConnection: true,

  open({ reply, after, crowded, onEvent, onEnd }, { pollReply, now }) {
    const stopped = new AbortController();
    const wait = crowded ? hurried : patient;
    let cursor = after;

    async function poll() {
      const asked = now();
      const answer = await pollReply({ reply, after: cursor, wait, signal: stopped.signal });
      if (stopped.signal.aborted) return;
      answer.events.forEach(onEvent);
      cursor = answer.cursor ?? cursor;
      // Only a reply that is over answers with nothing before the time is up.
      const nothingMore = answer.events.length === 0 && now() - asked < (wait * 1000) / 2;
      if (nothingMore) onEnd({ refused: true });
      else if (!stopped.signal.aborted) poll().catch(fail);
    }

    function fail(error) {
      if (!stopped.signal.aborted) onEnd({ refused: error.name === 'Problem' });
    }

    poll().catch(fail);
    return () => stopped.abort();
  },
};
