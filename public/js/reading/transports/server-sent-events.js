import { apiPath, at } from '../../shell/address.js';
import { eventNames } from '../reply.js';

export const serverSentEvents = {
  name: 'sse',
  speaksFirst: true,
  holdsConnection: true,

  open({ reply, after, onEvent, onEnd }, { EventSource, api = apiPath }) {
    const query = after ? `?after=${encodeURIComponent(after)}` : '';
    const source = new EventSource(at(`${api}/sse/${reply}${query}`));
    for (const name of eventNames) {
      source.addEventListener(name, ({ lastEventId, data }) =>
        onEvent({ id: lastEventId, event: name, data: JSON.parse(data) }),
      );
    }
    source.onerror = () => {
      // CLOSED means an answer that is no stream, 204 included; the browser would never try again
      // by itself.
      const refused = source.readyState === EventSource.CLOSED;
      source.close();
      onEnd({ refused });
    };
    return () => source.close();
  },
};
