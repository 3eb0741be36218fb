import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { forgetRead } = await page('js/offline/forget.js');

const browserHas = (get) =>
  Object.defineProperty(globalThis, 'caches', { configurable: true, get });
const refuse = () => { throw new DOMException('refused', 'SecurityError'); };

test('at log-out what was read goes, as far as the browser lets it, and nothing stands still',
  async () => {
    const gone = [];
    const remove = async (name) => (name === '/ read ada' ? refuse() : gone.push(name));
    const keys = async () => ['/ page', '/ read ada', '/ read bob'];
    browserHas(() => ({ keys, delete: remove }));
    await forgetRead();
    assert.deepEqual(gone, ['/ read bob']);
    browserHas(() => ({ keys: async () => refuse() }));
    await forgetRead();
    browserHas(refuse);
    await forgetRead();
    browserHas(() => undefined);
    await forgetRead();
  });
