import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { pathThrough, siblingsOf, withoutBranches } = await page('js/reading/message-tree.js');

const message = (id, parent = null) => ({ id, parent });
const ids = (messages) => messages.map(({ id }) => id).join(' ');

const straight = [message('q1'), message('a1', 'q1'), message('q2', 'a1'), message('a2', 'q2')];
const regenerated = [...straight, message('a2b', 'q2')];
const edited = [...regenerated, message('q1b'), message('a1b', 'q1b')];

test('a chat without forks is one path', () =>
  assert.equal(ids(pathThrough(straight)), 'q1 a1 q2 a2'));

test('no messages are no path', () => assert.deepEqual(pathThrough([]), []));

test('at a fork the path leads to the newest message', () => {
  assert.equal(ids(pathThrough(regenerated)), 'q1 a1 q2 a2b');
  assert.equal(ids(pathThrough(edited)), 'q1b a1b');
});

test('a message added to an older branch makes that branch the path', () => {
  assert.equal(ids(pathThrough([...edited, message('q3', 'a2')])), 'q1 a1 q2 a2 q3');
});

test('a choice overrules the newest, also at the beginning of the chat', () => {
  assert.equal(
    ids(
      pathThrough(
        edited,
        new Map([
          [null, 'q1'],
          ['q2', 'a2'],
        ]),
      ),
    ),
    'q1 a1 q2 a2',
  );
});

test('a choice that is no longer there is ignored', () => {
  assert.equal(ids(pathThrough(straight, new Map([['q1', 'gone']]))), 'q1 a1 q2 a2');
});

test('versions of a message are those under the same parent, in their order', () => {
  assert.equal(ids(siblingsOf(edited, message('a2b', 'q2'))), 'a2 a2b');
  assert.equal(ids(siblingsOf(edited, message('q1'))), 'q1 q1b');
});

test('what was deleted goes with all that hangs on it, and the rest is as before', () => {
  assert.equal(ids(withoutBranches(edited, new Set(['a1']))), 'q1 q1b a1b');
  assert.equal(ids(withoutBranches(edited, new Set(['q1', 'a1b']))), 'q1b');
  assert.equal(withoutBranches(edited, new Set()), edited);
  const left = withoutBranches(regenerated, new Set(['a2b']));
  assert.equal(ids(pathThrough(left)), 'q1 a1 q2 a2');
});
