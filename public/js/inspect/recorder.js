import { t } from '../language/translate.js';

const pause = 1_000;
const patience = 3_000;

const fresh = () => ({ frames: 0, bytes: 0, heartbeats: 0, connections: 0, text: '' });

/**
 * One reader on one line that writes down all that arrives. It keeps its cursor and comes back by
 * itself when the line breaks. `onRow` gets each frame or remark, `onChange` the state and the
 * figures.
 */
export class Recorder {
  #run = 0;
  #offline = false;
  #lag = 0;
  #last;
  #abort;
  #wake = () => {};

  constructor(transport, { onRow, onChange, onClear, now = () => performance.now() }) {
    Object.assign(this, {
      transport,
      onRow,
      onChange,
      onClear,
      now,
      state: 'idle',
      stats: fresh(),
    });
  }

  start(source) {
    this.#abort?.abort();
    this.#wake();
    Object.assign(this, { source, cursor: null, stopped: false, stats: fresh() });
    this.#run += 1;
    this.onClear();
    this.#keepReading(this.#run);
  }

  drop() {
    if (this.state === 'reading') this.#note(t('You dropped the line.'), true);
    this.#abort?.abort();
  }

  set offline(on) {
    this.#offline = on;
    if (on) this.#abort?.abort();
    else this.#wake();
  }

  set lag(milliseconds) {
    this.#lag = milliseconds;
  }

  reconnect() {
    this.#abort?.abort();
    this.#wake();
  }

  async #keepReading(run) {
    while (this.#run === run) {
      const outcome = this.#offline ? 'offline' : await this.#read();
      if (this.#run !== run) return;
      if (outcome === 'more') continue;
      const waits =
        ['over', 'refused', 'offline'].includes(outcome) &&
        (outcome !== 'offline' || this.#offline);
      this.#become(waits ? outcome : 'reconnecting');
      await this.#waitFor(waits ? null : pause);
    }
  }

  async #read() {
    const abort = new AbortController();
    this.#abort = abort;
    this.#last = this.now();
    if (this.state !== 'reading') this.#become('connecting');
    this.stats.connections += 1;
    const { frames } = this.stats;
    const suspicion = setTimeout(
      () => this.stats.frames === frames && this.#suspect(abort.signal),
      patience,
    );
    try {
      const outcome = await this.transport.read(this.source, this.cursor, this.#wire(abort.signal));
      if (this.stopped && outcome !== 'refused') return 'over';
      if (outcome === 'ended') this.#note(t('The server ended the answer.'));
      return outcome;
    } catch {
      if (this.#offline) return 'offline';
      if (!abort.signal.aborted) this.#note(t('The line broke.'), true);
      return 'broken';
    } finally {
      clearTimeout(suspicion);
    }
  }

  /** A reply's first frame leaves at once, so one that does not come is held back. */
  #suspect(signal) {
    if (signal.aborted || !this.transport.speaksFirst || this.source.kind === 'feed') return;
    this.#note(t('Nothing has come yet: something on the way holds it back.'), true);
  }

  #wire(signal) {
    return {
      signal,
      note: (text, trouble) => signal.aborted || this.#note(text, trouble),
      frame: (frame) => signal.aborted || this.#take(frame),
      lag: () => (this.#lag ? new Promise((resolve) => setTimeout(resolve, this.#lag)) : undefined),
    };
  }

  #take(frame) {
    const gap = this.#gap();
    this.stats.frames += 1;
    this.stats.bytes += frame.data?.length ?? 0;
    if (frame.comment !== undefined && frame.data === undefined) this.stats.heartbeats += 1;
    if (frame.id) this.cursor = frame.id;
    this.#follow(frame);
    this.onRow({ gap, ...frame });
    this.#become('reading');
  }

  #follow({ event, data }) {
    const told = data ? JSON.parse(data) : {};
    if (event === 'start') {
      this.stopped = false;
      if (!told.resumed) this.stats.text = '';
    }
    if (event === 'message') this.stats.text += told.content;
    if (event === 'stop' || (event === 'beat' && told.beat === told.of - 1)) this.stopped = true;
  }

  #gap() {
    const now = this.now();
    const gap = Math.round(now - this.#last);
    this.#last = now;
    return gap;
  }

  #note(said, trouble = false) {
    this.onRow({ said, trouble });
  }

  #become(state) {
    this.state = state;
    this.onChange(this);
  }

  #waitFor(milliseconds) {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (milliseconds !== null) setTimeout(resolve, milliseconds);
    });
  }
}
