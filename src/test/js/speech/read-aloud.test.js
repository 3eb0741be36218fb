import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const spoken = [];
let drawn = '';
Object.assign(globalThis, {
  addEventListener() {},
  SpeechSynthesisUtterance: function Utterance(text) { this.text = text; },
  speechSynthesis: {
    getVoices: () => [{ lang: 'en-GB', localService: true, default: true }],
    speak: (utterance) => spoken.push(utterance),
    cancel() {},
  },
  document: {
    querySelectorAll: () => [],
    createElement: () => ({ append() {}, querySelectorAll: () => [], textContent: drawn }),
  },
});

const { signal } = await import(await import.meta.resolve('@preact/signals'));
const { readAloud, reading } = await page('js/speech/read-aloud.js');
const read = (id, text) => {
  drawn = text;
  spoken.length = 0;
  readAloud({ id }, { conversation: { visit: signal(1) } });
  return [...spoken];
};

test('reading is over where the last of it ends or fails, and not where an earlier one does', () => {
  for (const how of ['onend', 'onerror']) {
    const said = read('a', 'One.\nTwo.');
    assert.deepEqual(said.map(({ text }) => text), ['One.', 'Two.']);
    assert.equal(reading.value, 'a');
    said[1][how]();
    assert.equal(reading.value, null);
    const again = read('a', 'One.\nTwo.');
    said[1][how]();
    assert.equal(reading.value, 'a', 'what was cancelled fails late');
    again[1][how]();
  }
});

test('the language of a text is looked for once, however many paragraphs it has', () => {
  const lines = Array.from({ length: 3_000 }, (_, line) => `Line ${line} of them.`);
  const before = String.prototype.match;
  let looks = 0;
  String.prototype.match = function match(...pattern) {
    looks += 1;
    return before.apply(this, pattern);
  };
  try {
    assert.equal(read('b', lines.join('\n')).length, lines.length);
  } finally {
    String.prototype.match = before;
  }
  assert.ok(looks < 20, `${looks}`);
});
