// Messages form a tree by `parent`: an edited prompt and a regenerated reply stand beside the first
// one. The page shows one path through it: the user's choice at each fork, or else the way to the
// newest message.

const root = null;

const parentOf = (message) => message.parent ?? root;

export function siblingsOf(messages, message) {
  return messages.filter((other) => parentOf(other) === parentOf(message));
}

/** All but some messages and what hangs on them; each comes behind the one that it hangs on. */
export function withoutBranches(messages, roots) {
  if (!roots.size) return messages;
  const gone = new Set();
  return messages.filter(({ id, parent }) => {
    const goes = roots.has(id) || gone.has(parent);
    if (goes) gone.add(id);
    return !goes;
  });
}

/** `choices` maps a parent's id (null for the beginning) to the id of the child to follow. */
export function pathThrough(messages, choices = new Map()) {
  const newest = pathToNewest(messages);
  const children = groupByParent(messages);
  const path = [];
  let fork = children.get(root);
  while (fork) {
    const chosen = choices.get(path.at(-1)?.id ?? root);
    const next =
      fork.find(({ id }) => id === chosen) ?? fork.find(({ id }) => newest.has(id)) ?? fork.at(-1);
    path.push(next);
    fork = children.get(next.id);
  }
  return path;
}

function groupByParent(messages) {
  const children = new Map();
  for (const message of messages) {
    const fork = children.get(parentOf(message));
    if (fork) fork.push(message);
    else children.set(parentOf(message), [message]);
  }
  return children;
}

function pathToNewest(messages) {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path = new Set();
  for (
    let message = messages.at(-1);
    message && !path.has(message.id);
    message = byId.get(parentOf(message))
  ) {
    path.add(message.id);
  }
  return path;
}
