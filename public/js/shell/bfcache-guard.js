const again = 1_000;

/**
 * The browser may keep a page that was left, and show it again as it was, but somebody else may be
 * looking by then. Where there are accounts it comes back hidden, until the server says that it is
 * the same person; for another one, or nobody, `begin` opens it anew.
 */
export function guardRestoredPage({ me, readMe, browser, body, begin }) {
  const known = () => me.value?.email;

  async function look() {
    const now = await readMe().catch((error) => error);
    if (now instanceof Error && now.status !== 401) browser.setTimeout(look, again);
    else if (now.id === me.value.id) body.hidden = false;
    else begin();
  }

  browser.onPutAway({
    away: () => (body.hidden = Boolean(known())),
    back: () => known() && look(),
  });
}

/** For pages on which nothing is lost: they begin anew, whoever looks. */
export function reloadWhenRestored({ browser, body, begin }) {
  browser.onPutAway({ away: () => (body.hidden = true), back: begin });
}
