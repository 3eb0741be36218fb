import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { FakeWorld, settle } from '../support/fake-world.js';

const { SharedFeed } = await page('js/news/shared-feed.js');
const { LoneFeed } = await page('js/news/visible-tab-feed.js');

/** One lock and one channel for the tabs of a browser, as the browser has them. */
class Browser {
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
      postMessage: (data) => this.channels.forEach((other) => other !== channel && other.onmessage?.({ data })),
      close: () => this.channels.delete(channel),
    };
    this.channels.add(channel);
    return channel;
  }

  tab() {
    const world = new FakeWorld();
    Object.assign(world, { locks: this, openChannel: () => this.openChannel(), isVisible: () => true, isLoggedOut: async () => false });
    const news = [];
    const feed = new SharedFeed({ world, onNews: (data) => news.push(data.text) });
    feed.join();
    return { world, feed, news };
  }
}

const say = ({ world }, id, text) => world.sources.at(-1).say('notification', id, { kind: 'announcement', text });

test('one tab reads and all tabs hear', () => {
  const browser = new Browser();
  const [one, two] = [browser.tab(), browser.tab()];
  say(one, '1', 'hello');
  assert.deepEqual([one.world.sources.length, two.world.sources.length], [1, 0]);
  assert.deepEqual([one.news, two.news], [['hello'], ['hello']]);
});

test('when the tab that reads is put away another reads on from the place that it heard of', async () => {
  const browser = new Browser();
  const [one, two] = [browser.tab(), browser.tab()];
  say(one, '1', 'hello');
  one.feed.leave();
  await settle();
  assert.ok(one.world.sources[0].closed);
  assert.equal(two.world.sources[0].url, '/api/events?after=1');
  one.feed.join();
  say(two, '2', 'again');
  assert.deepEqual(one.news, ['hello', 'again']);
});

test('a tab that the browser put to sleep with the lock loses it to one that is looked at', async () => {
  const browser = new Browser();
  const [asleep, awake] = [browser.tab(), browser.tab()];
  browser.channels.values().next().value.onmessage = null;
  await awake.world.pass(40_000);
  assert.equal(awake.world.sources.length, 1);
  await settle();
  assert.ok(asleep.world.sources[0].closed);
});

test('a tab that reads and answers keeps the lock', async () => {
  const browser = new Browser();
  const [, other] = [browser.tab(), browser.tab()];
  await other.world.pass(120_000);
  assert.equal(other.world.sources.length, 0);
});

test('a line that breaks is opened again from its place, the rarer the longer it fails', async () => {
  const tab = new Browser().tab();
  say(tab, '7', 'hello');
  for (let times = 1; times < 8; times += 1) {
    tab.world.sources.at(-1).break({ refused: times % 2 === 0 });
    await tab.world.pass(10_000);
    assert.equal(tab.world.sources.length, times + 1);
  }
  assert.equal(tab.world.sources.at(-1).url, '/api/events?after=7');
});

test('who is logged out is not asked again and again', async () => {
  const tab = new Browser().tab();
  tab.world.isLoggedOut = async () => true;
  tab.world.sources[0].break({ refused: true });
  await tab.world.pass(60_000);
  assert.equal(tab.world.sources.length, 1);
});

test('where the network holds the stream back, the list is looked at once a minute', async () => {
  const world = new FakeWorld();
  const kinds = [];
  Object.assign(world, { isVisible: () => true, onVisibility: () => () => {}, isLoggedOut: async () => false });
  new LoneFeed({ world, onNews: ({ kind }) => kinds.push(kind) }).join();
  await world.pass(10_000 + 2 * 60_000);
  assert.deepEqual(kinds, ['resync', 'resync', 'resync']);
  assert.ok(world.sources[0].closed);
});

test('where tabs cannot agree, each reads while it is looked at and goes on where it was', () => {
  const world = new FakeWorld();
  let change;
  let visible = true;
  Object.assign(world, { isVisible: () => visible, onVisibility: (act) => ((change = act), () => {}) });
  const feed = new LoneFeed({ world, onNews() {} });
  feed.join();
  say({ world }, '3', 'hello');
  visible = false;
  change();
  assert.ok(world.sources[0].closed && !feed.reading);
  visible = true;
  change();
  assert.equal(world.sources[1].url, '/api/events?after=3');
});
