import { useEffect, useState } from 'preact/hooks';
import { readEntrance, readMe } from '../../api.js';
import { claimDrafts } from '../../sending/draft-owner.js';
import { at } from '../../shell/address.js';

/** What the server says of how one gets in; empty until it has. */
export function useEntrance() {
  const [entrance, setEntrance] = useState({});
  useEffect(() => {
    readEntrance().then((told) => {
      if (told.auth === 'none') location.replace(at('/'));
      else setEntrance(told);
    }, () => {});
  }, []);
  return entrance;
}

/** Goes to the chat or the link that somebody came for; only to one, whatever the address says. */
export async function enter() {
  // What somebody else had typed in this browser is gone before the chats are shown.
  await readMe().then(({ id }) => claimDrafts(id), () => {});
  const wanted = location.hash.slice(1);
  const isOurs = /^\/(?:[cs]\/[\w-]+|\?[^#]*)$/.test(wanted);
  location.assign(isOurs ? at(wanted) : at('/'));
}

/** What a link in a mail carries; the address forgets it at once. */
export function ticketOf(address) {
  const ticket = address.hash.slice(1);
  history.replaceState(null, '', address.pathname);
  return ticket;
}
