import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { FakeBrowser, settle } from '../support/fake-browser.js';

const { SharedFeed } = await page('js/notifications/shared-feed.js');
const { VisibleTabFeed } = await page('js/notifications/visible-tab-feed.js');

/** One lock and one channel for the tabs of a tabs, as the tabs has them. */
class Tabs {
  waiting = [];
  holder = null;
  channels = new Set();

  request(name, { signal, steal }, use) {
    return new Promise((resolve, reject) => {
      const asker = { use, resolve, reject };
      signal?.addEventListener('abort', () => {
        this.waiting = this.waiting.filter((other) => other !== asker);
        reject(new Error('aborted'));
      });
      if (steal) {
        this.holder?.reject(new Error('stolen'));
        this.waiting.unshift(asker);
        this.holder = null;
      } else this.waiting.push(asker);
      this.#grant();
    });
  }

  #grant() {
    if (this.holder) return;
    const asker = this.waiting.shift();
    if (!asker) return;
    this.holder = asker;
    Promise.resolve(asker.use({})).then(() => {
      if (this.holder !== asker) return;
      this.holder = null;
      asker.resolve();
      this.#grant();
    });
  }

  openChannel() {
    const channel = {
      postMessage: (data) =>
        this.channels.forEach((other) => other !== channel && other.onmessage?.({ data })),
      close: () => this.channels.delete(channel),
    };
    this.channels.add(channel);
    return channel;
  }

  tab() {
    const browser = new FakeBrowser();
    Object.assign(browser, {
      locks: this,
      openChannel: () => this.openChannel(),
      isVisible: () => true,
      isLoggedOut: async () => false,
    });
    const news = [];
    const feed = new SharedFeed({ browser, onNews: (data) => news.push(data.text) });
    feed.join();
    return { browser, feed, news };
  }
}

const say = ({ browser }, id, text) =>
  browser.sources.at(-1).say('notification', id, { kind: 'announcement', text });

test('one tab reads and all tabs hear', () => {
  const tabs = new Tabs();
  const [one, two] = [tabs.tab(), tabs.tab()];
  say(one, '1', 'hello');
  assert.deepEqual([one.browser.sources.length, two.browser.sources.length], [1, 0]);
  assert.deepEqual([one.news, two.news], [['hello'], ['hello']]);
});

test('when the tab that reads is put away another reads on from the place that it heard of', async () => {
  const tabs = new Tabs();
  const [one, two] = [tabs.tab(), tabs.tab()];
  say(one, '1', 'hello');
  one.feed.leave();
  await settle();
  assert.ok(one.browser.sources[0].closed);
  assert.equal(two.browser.sources[0].url, '/api/events?after=1');
  one.feed.join();
  say(two, '2', 'again');
  assert.deepEqual(one.news, ['hello', 'again']);
});

test('a tab that the tabs put to sleep with the lock loses it to one that is looked at', async () => {
  const tabs = new Tabs();
  const [asleep, awake] = [tabs.tab(), tabs.tab()];
  tabs.channels.values().next().value.onmessage = null;
  await awake.browser.pass(40_000);
  assert.equal(awake.browser.sources.length, 1);
  await settle();
  assert.ok(asleep.browser.sources[0].closed);
});

test('a tab that reads and answers keeps the lock', async () => {
  const tabs = new Tabs();
  const [, other] = [tabs.tab(), tabs.tab()];
  await other.browser.pass(120_000);
  assert.equal(other.browser.sources.length, 0);
});

test('a line that breaks is opened again from its place, the rarer the longer it fails', async () => {
  const tab = new Tabs().tab();
  say(tab, '7', 'hello');
  for (let times = 1; times < 8; times += 1) {
    tab.browser.sources.at(-1).break({ refused: times % 2 === 0 });
    await tab.browser.pass(10_000);
    assert.equal(tab.browser.sources.length, times + 1);
  }
  assert.equal(tab.browser.sources.at(-1).url, '/api/events?after=7');
});

test('who is logged out is not asked again and again', async () => {
  const tab = new Tabs().tab();
  tab.browser.isLoggedOut = async () => true;
  tab.browser.sources[0].break({ refused: true });
  await tab.browser.pass(60_000);
  assert.equal(tab.browser.sources.length, 1);
});

test('where the network holds the stream back, the list is looked at once a minute', async () => {
  const browser = new FakeBrowser();
  const kinds = [];
  Object.assign(browser, {
    isVisible: () => true,
    onVisibility: () => () => {},
    isLoggedOut: async () => false,
  });
  new VisibleTabFeed({ browser, onNews: ({ kind }) => kinds.push(kind) }).join();
  await browser.pass(10_000 + 2 * 60_000);
  assert.deepEqual(kinds, ['resync', 'resync', 'resync']);
  assert.ok(browser.sources[0].closed);
});

test('where tabs cannot agree, each reads while it is looked at and goes on where it was', () => {
  const browser = new FakeBrowser();
  let change;
  let visible = true;
  Object.assign(browser, {
    isVisible: () => visible,
    onVisibility: (act) => ((change = act), () => {}),
  });
  const feed = new VisibleTabFeed({ browser, onNews() {} });
  feed.join();
  say({ browser }, '3', 'hello');
  visible = false;
  change();
  assert.ok(browser.sources[0].closed && !feed.reading);
  visible = true;
  change();
  assert.equal(browser.sources[1].url, '/api/events?after=3');
});
