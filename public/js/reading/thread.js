import { computed, signal } from '@preact/signals';
import { isRunning, keepCursor } from './reply.js';
import { pathThrough, siblingsOf, withoutBranches } from './message-tree.js';
import { runningTogether } from './side-by-side.js';

const mostBeside = 4;

/**
 * The messages of the open chat. Each is a signal of its own, so that a token that comes redraws
 * one message and not the whole chat; what never changes about a message, its place in the tree, is
 * read without listening.
 */
export class Thread {
  /** Counts the changes that were made here, so that older answers of the server can be told. */
  turn = 0;
  #changedIn = new Map();
  #messages = signal(new Map());
  #choices = signal(new Map());
  #hidden = signal(new Set());
  #together = signal([]);
  #all = computed(() => {
    const all = [...this.#messages.value.values()].map((message) => message.peek());
    return withoutBranches(all, this.#hidden.value);
  });

  path = computed(() =>
    pathThrough(this.#all.value, this.#choices.value).map(({ id }) =>
      this.#messages.value.get(id),
    ),
  );
  running = computed(() => this.path.value.some((message) => isRunning(message.value))
    || this.columns.value.some((message) => isRunning(message.value)));
  /** The replies that are read side by side, where they are the end of the path. */
  columns = computed(() => {
    const ids = this.#together.value;
    if (!ids.includes(this.path.value.at(-1)?.peek().id)) return [];
    const there = new Set(this.#all.value.map(({ id }) => id));
    const found = ids.filter((id) => there.has(id)).map((id) => this.#messages.value.get(id));
    return found.length > 1 ? found : [];
  });

  /** `onChoose` gets all choices whenever one was made, `onBeside` what is read side by side. */
  constructor({ onChoose = () => {}, onBeside = () => {} } = {}) {
    Object.assign(this, { onChoose, onBeside });
  }

  /** Whether one more may be read beside them: the server has the same limit. */
  get hasRoom() {
    return this.columns.value.length < mostBeside;
  }

  get last() {
    return this.path.peek().at(-1)?.peek() ?? null;
  }

  get(id) {
    return this.#messages.peek().get(id)?.peek();
  }

  siblings(message) {
    return siblingsOf(this.#all.value, message);
  }

  put(message) {
    this.#touch(message.id);
    const known = this.#messages.peek().get(message.id);
    if (known) known.value = message;
    else this.#messages.value = new Map(this.#messages.peek()).set(message.id, signal(message));
    this.#pair();
  }

  /** And shows it. */
  add(message) {
    this.put(message);
    this.choose(message);
  }

  change(id, how) {
    const message = this.#messages.peek().get(id);
    if (!message) return;
    this.#touch(id);
    message.value = how(message.peek());
  }

  /**
   * Takes the messages that the server had stored when `turn` was the thread's. Whatever changed
   * here since then is newer than they are, and what is `followed` is read from its own stream.
   * Where they are not all but a `partial` list, the others stay as they are.
   */
  merge(messages, { turn = this.turn, isFollowed = () => false, partial = false } = {}) {
    const known = this.#messages.peek();
    const isNewer = (id) => known.has(id) && (this.#changedIn.get(id) > turn || isFollowed(id));
    const merged = new Map(partial ? known : []);
    for (const message of messages) {
      const kept = known.get(message.id) ?? signal();
      if (!isNewer(message.id)) update(kept, message);
      merged.set(message.id, kept);
    }
    for (const [id, kept] of known) if (isNewer(id) && !merged.has(id)) merged.set(id, kept);
    if (!sameKeys(known, merged)) this.#messages.value = merged;
    this.#pair();
  }

  get #now() {
    return [...this.#messages.peek().values()].map((message) => message.peek());
  }

  #pair() {
    const together = runningTogether(this.#now);
    const known = this.#together.peek();
    const isKept = known.length === 1 && together.includes(known[0]);
    if (!isKept && together.some((id) => !known.includes(id))) this.#setBeside(together);
  }

  #setBeside(ids) {
    this.#together.value = ids;
    this.onBeside(ids);
  }

  runningIds = () => this.#now.filter(isRunning).map(({ id }) => id);

  /** From now on one reply is read, and those beside it are other versions of it. */
  keep(message) {
    this.#setBeside([message.id]);
    this.choose(message);
  }

  /** It is read side by side with those that are read so, or with the one that it is beside. */
  addBeside(message, beside) {
    const shown = this.columns.peek().map((each) => each.peek().id);
    this.#setBeside([message.id, ...(shown.length ? shown : [beside.id])]);
    this.add(message);
  }

  choose(message) {
    this.#choices.value = new Map(this.#choices.peek()).set(message.parent ?? null, message.id);
    this.onChoose(this.#choices.peek());
  }

  /** Makes the path lead through a message; tells whether it is there. */
  reveal(id) {
    const choices = new Map(this.#choices.peek());
    const seen = new Set();
    let message = this.get(id);
    for (; message && !seen.has(message.id); message = this.get(message.parent)) {
      seen.add(message.id);
      choices.set(message.parent ?? null, message.id);
    }
    if (!seen.size) return false;
    this.#choices.value = choices;
    this.onChoose(choices);
    return true;
  }

  /** Messages that are not shown, nor what hangs on them, by their ids. */
  hide(ids) {
    this.#hidden.value = ids;
  }

  clear(choices = new Map(), beside = []) {
    this.#messages.value = new Map();
    this.#changedIn.clear();
    this.#choices.value = choices;
    this.#together.value = beside;
  }

  #touch(id) {
    this.turn += 1;
    this.#changedIn.set(id, this.turn);
  }
}

/** What says the same stays the same object, so that it is not drawn again. */
function update(kept, stored) {
  const known = kept.peek();
  const next = keepCursor(stored, known);
  if (JSON.stringify(known) !== JSON.stringify(next)) kept.value = next;
}

function sameKeys(one, other) {
  const keys = [...other.keys()];
  return one.size === other.size && [...one.keys()].every((key, place) => key === keys[place]);
}
