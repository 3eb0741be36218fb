import { serverSentEvents } from './server-sent-events.js';
import { webSocket } from './web-socket.js';
import { longPoll } from './long-poll.js';

const inOrder = [serverSentEvents, webSocket, longPoll];
const key = 'runnel.unfit-transports';

/** Which transport this network lets through; remembered for as long as the tab lives. */
export function transportPreference(storage) {
  const unfit = new Set(JSON.parse(storage.getItem(key) ?? '[]'));
  const fit = () => inOrder.filter(({ name }) => !unfit.has(name));
  return {
    /** Where streams hold all the connections that they may, the first that needs none of them. */
    best({ crowded }) {
      return fit().find(({ holdsConnection }) => !crowded || !holdsConnection) ?? inOrder.at(-1);
    },

    /** Tells whether another one is left. */
    avoid({ name }) {
      const others = fit().some((transport) => transport.name !== name);
      if (others) unfit.add(name);
      storage.setItem(key, JSON.stringify([...unfit]));
      return others;
    },
  };
}
