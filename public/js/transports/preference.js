import { serverSentEvents } from './server-sent-events.js';
import { webSocket } from './web-socket.js';
import { longPoll } from './long-poll.js';

const inOrder = [serverSentEvents, webSocket, longPoll];
const key = 'runnel.unfit-transports';

/** Which transport this network lets through; remembered for as long as the tab lives. */
export function transportPreference(storage) {
  const unfit = new Set(JSON.parse(storage.getItem(key) ?? '[]'));
  return {
    best: () => inOrder.find(({ name }) => !unfit.has(name)) ?? inOrder.at(-1),
    avoid({ name }) {
      unfit.add(name);
      storage.setItem(key, JSON.stringify([...unfit]));
    },
  };
}
