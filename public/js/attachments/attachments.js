import { computed, signal } from '@preact/signals';
import { t } from '../language/translate.js';
import { newId } from '../sending/delivery.js';
import { errorText } from '../shell/error-text.js';
import { lazily } from '../shell/lazy-parts.js';

const loadSending = () => lazily(() => import('./sending.js'));

/**
 * The files beside the prompt that is being written. An entry is what the server said of the file
 * (`id`, `name`, `type`, `size`, `tokens`) once it is there; until then it has a `key`, `progress`
 * from 0 to 1, and an `error` where it was refused.
 */
export class Attachments {
  list = signal([]);
  pending = computed(() => this.list.value.some(({ id, error }) => !id && !error));
  /** Why they cannot go to the model that is chosen, for those who read it. */
  objection = signal(null);
  blocked = computed(() => this.pending.value || Boolean(this.objection.value));
  taken = computed(() => this.list.value.filter(({ id }) => id));
  #notices;
  #sends = new Map();

  /** `onChange` is told which files are there, to keep them with the draft. */
  constructor({ notices, onChange = () => {} }) {
    this.#notices = notices;
    this.onChange = onChange;
  }

  /** Another chat's draft is open; what was still on its way is given up. */
  show(files) {
    this.#sends.forEach((send) => send.abort());
    this.list.value = files;
  }

  async add(files) {
    const entries = [...files].map((file) => this.#entry(file));
    this.list.value = [...this.list.value, ...entries.map(({ entry }) => entry)];
    try {
      const { sendFile } = await loadSending();
      const wanted = ({ entry }) => this.list.value.some(({ key }) => key === entry.key);
      await Promise.all(entries.filter(wanted).map((each) => this.#send(each, sendFile)));
    } catch (error) {
      entries.forEach(({ entry }) => this.#drop(entry.key));
      this.#notices.report(error);
    }
  }

  remove(entry) {
    this.#sends.get(entry.key)?.abort();
    this.#drop(entry.key ?? entry.id);
    if (entry.id) loadSending().then(({ forgetFile }) => forgetFile(entry.id));
  }

  /** Those that go with a prompt: all that are there, where it is not said which. */
  take(files = this.taken.value) {
    const ids = new Set(files.map(({ id }) => id));
    this.list.value = this.list.value.filter(({ id }) => !ids.has(id));
    return files;
  }

  /** Keeps those that are there with the draft. */
  tell() {
    this.onChange(this.taken.value);
  }

  giveBack(files) {
    this.list.value = [...this.take(files), ...this.list.value];
  }

  #entry(file) {
    const { name, type } = file;
    return { file, entry: { key: newId(), name: name || t('Pasted'), type, progress: 0 } };
  }

  async #send({ file, entry: { key } }, sendFile) {
    const stop = new AbortController();
    this.#sends.set(key, stop);
    const onProgress = (progress) => this.#change(key, { progress });
    try {
      this.#change(key, await sendFile(file, { onProgress, signal: stop.signal }));
      this.tell();
    } catch (error) {
      if (error.name !== 'AbortError') this.#change(key, { error: errorText(error) });
    } finally {
      this.#sends.delete(key);
    }
  }

  #change(key, facts) {
    this.list.value = this.list.value.map((entry) =>
      entry.key === key ? { ...entry, ...facts } : entry,
    );
  }

  #drop(which) {
    this.list.value = this.list.value.filter(({ key, id }) => key !== which && id !== which);
    this.tell();
  }
}
