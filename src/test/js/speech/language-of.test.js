import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { languageOf } = await page('js/speech/language-of.js');

test('a text is read in the language of its script, or where that is Latin in the page’s', () => {
  assert.equal(languageOf('Guten Tag', 'de'), 'de');
  assert.equal(languageOf('これは日本語の文章です。', 'en'), 'ja');
  assert.equal(languageOf('这是一段中文。', 'en'), 'zh');
  assert.equal(languageOf('هذا نص بالعربية', 'en'), 'ar');
  assert.equal(languageOf('This is in English', 'ar'), 'en');
});

test('a foreign word makes no foreign text', () => {
  assert.equal(languageOf('The Arabic word سلام means peace, as many people know.', 'en'), 'en');
  assert.equal(languageOf('', 'fr'), 'fr');
});
