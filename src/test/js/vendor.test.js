import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileOf } from './support/page.js';

const rows = readFileSync(fileOf('vendor/README.md'), 'utf8').split('\n').filter((line) => /\| [\da-f]{64} \|$/.test(line));

test('every library is exactly what its package carries', () => {
  assert.ok(rows.length > 10);
  for (const row of rows) {
    const [, file, , , checksum] = row.split('|').map((cell) => cell.trim());
    const actual = createHash('sha256').update(readFileSync(fileOf(`vendor/${file}`))).digest('hex');
    assert.equal(actual, checksum, file);
  }
});
