import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import '../support/chat-page.js';
import { FakeBrowser } from '../support/fake-browser.js';

const { Models } = await page('js/chats/models.js');
const { Notices } = await page('js/shell/notices.js');
const { Problem } = await page('js/api.js');

const provider = (id, state = 'ok', detail = null) => ({ id, name: id, state, detail });
const two = {
  models: [{ id: 'one', provider: 'default' }, { id: 'two', provider: 'default' }],
  default: 'one',
  providers: [provider('default')],
};

async function open(...answers) {
  const browser = new FakeBrowser();
  const notices = new Notices();
  let asked = 0;
  const readModels = async () => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const models = new Models({ api: { readModels }, notices, browser });
  await models.load();
  return { models, notices, browser, asked: () => asked };
}

const down = new Problem(502, { detail: 'The model server cannot be reached.' });

test('models that were not there when the page was opened come by themselves', async () => {
  const { models, notices, browser } = await open(down, down, { ...two, models: [] }, two);
  assert.equal(notices.list.value.length, 1);
  await browser.pass(5_000);
  assert.deepEqual(models.list.value.map(({ id }) => id), ['one', 'two']);
  assert.equal(models.of(null), 'one');
  assert.equal(notices.list.value.length, 0, 'and the word that they are not there goes');
});

test('it is told once that they are not there, and asked ever more rarely', async () => {
  const { notices, browser, asked } = await open(down);
  await browser.pass(60_000);
  notices.dismiss(notices.list.value[0].key);
  await browser.pass(60_000);
  assert.equal(notices.list.value.length, 0);
  assert.ok(asked() < 30, `${asked()} times`);
});

test('they are asked for at once when the user comes back, and no more once they are there',
  async () => {
    const { models, browser, asked } = await open(down, two);
    browser.back({ surely: false });
    await browser.pass(0);
    assert.equal(models.list.value.length, 2);
    browser.back({ surely: false });
    await browser.pass(60_000);
    assert.equal(asked(), 2);
  });

test('who is logged out is not asked again', async () => {
  const { browser, asked } = await open(new Problem(401));
  await browser.pass(60_000);
  assert.equal(asked(), 1);
});

const several = {
  models: [
    { id: 'default/m', provider: 'default' }, { id: 'b/m', provider: 'b' },
    { id: 'b/x/y', provider: 'b' }, { id: 'c/n', provider: 'c' },
    { id: 'd/n', provider: 'd' }, { id: 'demo/d', provider: 'demo' },
  ],
  default: 'b/m',
  providers: ['default', 'b', 'c', 'd', 'demo'].map((id) => provider(id)),
};

test('a name from a time with one server means the server that has it, or the first one',
  async () => {
    const { models } = await open(several);
    const of = (model) => models.of({ model });
    assert.deepEqual(['m', 'x/y', 'c/n', 'n', 'gone', null].map(of),
      ['default/m', 'b/x/y', 'c/n', 'b/m', 'b/m', 'b/m']);
    assert.equal(models.isDemo({ model: 'd' }), true);
    assert.equal(models.isDemo({ model: 'm' }), false);
  });

test('a server that is still being asked is looked for again, and a dead one on return',
  async () => {
    const asking = { ...two, providers: [provider('default'), provider('b', 'pending')] };
    const dead = { ...two, providers: [provider('default'), provider('b', 'unavailable', 'No.')] };
    const { models, browser, notices, asked } = await open(asking, dead);
    await browser.pass(60_000);
    assert.equal(asked(), 2);
    assert.equal(models.providers.value[1].detail, 'No.');
    assert.equal(notices.list.value.length, 0, 'the others can be used');
    browser.back({ surely: false });
    await browser.pass(0);
    assert.equal(asked(), 3);
  });

test('where all servers are dead it is told which and why', async () => {
  const dead = ['a', 'b'].map((id) => provider(id, 'unavailable', `${id} is down.`));
  const { notices } = await open({ models: [], default: null, providers: dead });
  assert.match(JSON.stringify(notices.list.value), /a: a is down\. b: b is down\./);
});
