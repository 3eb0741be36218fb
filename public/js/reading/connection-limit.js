// A browser has six HTTP/1.1 connections to a server, for all of its tabs together. A stream holds
// one for as long as it is open, so a few of the six may be streams, and the rest stay free for
// everything else.
const most = 3;

/**
 * Asks for one of the connections that streams may hold; `use` learns whether there is one. Where
 * tabs cannot agree, there is none. Returns the function that gives it back.
 */
export function takeConnection(use, locks = globalThis.navigator?.locks) {
  let giveBack;
  const givenBack = new Promise((resolve) => (giveBack = resolve));
  const take = (number) =>
    new Promise((tell) => {
      locks.request(`runnel.connection.${number}`, { ifAvailable: true }, (lock) => {
        tell(Boolean(lock));
        return lock && givenBack;
      });
    });
  if (locks) firstFree(take).then(use);
  else use(false);
  return giveBack;
}

async function firstFree(take) {
  for (let number = 0; number < most; number += 1) {
    if (await take(number)) return true;
  }
  return false;
}
