// The state of the page around one chat, with an API whose answers the test gives when it likes.
import { page } from './page.js';
import { FakeBrowser, settle } from './fake-browser.js';

const { Conversation } = await page('js/chats/conversation.js');
const { Drafts } = await page('js/sending/drafts.js');
const { ChosenVersions } = await page('js/reading/chosen-versions.js');
const { Notices } = await page('js/shell/notices.js');

globalThis.requestAnimationFrame ??= (act) => setTimeout(act, 0);
globalThis.cancelAnimationFrame ??= clearTimeout;
globalThis.location ??= { pathname: '/' };

export const prompt = (id, parent, content = id) => ({
  id, parent, content, role: 'user', status: 'complete', created: 1,
});
export const reply = (id, parent, content = id, status = 'complete') => ({
  id, parent, content, reasoning: '', role: 'assistant', status, model: 'one', created: 1,
});

/** Each call waits in `calls` until the test answers it. */
export class SlowApi {
  calls = [];

  constructor() {
    const names = ['readChat', 'sendPrompt', 'stopReply', 'regenerateReply', 'continueReply',
      'changeChat', 'readChats', 'readModels', 'readQueue', 'queuePrompt', 'deleteChat'];
    for (const name of names) this[name] = (...asked) => this.#call(name, asked);
  }

  /** The oldest call of that name without an answer. */
  next(name) {
    const call = this.calls.find((each) => each.name === name && !each.answered);
    if (!call) throw new Error(`nothing asked for ${name}`);
    return call;
  }

  count(name) {
    return this.calls.filter((call) => call.name === name).length;
  }

  async answer(name, answer) {
    const call = this.next(name);
    call.answered = true;
    if (answer instanceof Error) call.fail(answer);
    else call.give(answer);
    await settle();
    return call.asked;
  }

  #call(name, asked) {
    return new Promise((give, fail) => this.calls.push({ name, asked, give, fail }));
  }
}

export function memoryStorage(items = new Map()) {
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
    keys: () => [...items.keys()],
  };
}

export function openPage({
  storage = memoryStorage(), model = 'one',
  versions = new ChosenVersions(memoryStorage(), memoryStorage()),
} = {}) {
  const api = new SlowApi();
  const notices = new Notices();
  const went = [];
  const said = [];
  const browser = new FakeBrowser();
  const conversation = new Conversation({
    api,
    notices,
    browser,
    router: { go: (path) => went.push(path) },
    chats: { load: async () => {} },
    models: {
      others: { value: [] },
      of: () => model,
      answering() {
        const models = [model, ...this.others.value];
        return models.length > 1 ? { models } : { model };
      },
      remember() {},
      named: (id) => ({ id }),
    },
    drafts: new Drafts({ storage }),
    announce: (text) => said.push(text),
    versions,
  });
  return { api, browser, notices, went, said, conversation };
}

export const shown = ({ thread }) => thread.path.value.map((message) => message.peek().id);
