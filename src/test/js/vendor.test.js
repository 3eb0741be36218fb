import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileOf } from './support/page.js';

const rows = readFileSync(fileOf('vendor/README.md'), 'utf8')
  .split('\n')
  .filter((line) => /\| [\da-f]{64} \|$/.test(line));

test('every library is exactly what its package carries', () => {
  assert.ok(rows.length > 10);
  for (const row of rows) {
    const [, file, , , checksum] = row.split('|').map((cell) => cell.trim());
    const actual = createHash('sha256')
      .update(readFileSync(fileOf(`vendor/${file}`)))
      .digest('hex');
    assert.equal(actual, checksum, file);
  }
});

test('all pages have one import map, since the policy names the hash of one', () => {
  const maps = ['index.html', 'account.html'].map(
    (page) =>
      /<script type="importmap">(.*?)<\/script>/s.exec(readFileSync(fileOf(page), 'utf8'))[1],
  );
  assert.equal(maps[1], maps[0]);
});
