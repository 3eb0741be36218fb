import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { fileOf, page } from '../support/page.js';

const tags = ['de', 'es', 'fr', 'zh-Hans', 'ja', 'ar'];
const tables = tags.map((hreflang) => ({ hreflang, href: `/languages/${hreflang}.json` }));

/** What first-paint.js makes of a document, and what it asks for. */
function firstPaint({ languages, stored = {}, answer = { ok: true, json: () => ({}) } }) {
  const root = { lang: 'en', dir: '', dataset: {} };
  const asked = [];
  const world = {
    document: { documentElement: root, querySelectorAll: () => tables },
    localStorage: { getItem: (key) => stored[key] ?? null },
    navigator: { languages },
    fetch: async (address) => (asked.push(address), answer),
    AbortSignal,
    Intl,
  };
  runInNewContext(readFileSync(fileOf('js/first-paint.js'), 'utf8'), world);
  return { lang: root.lang, dir: root.dir, asked, translations: world.translations };
}

const languageOf = (...languages) => firstPaint({ languages }).lang;

/** The module anew, in a document with this table. */
async function translate(lang, translations) {
  const root = { lang, dir: 'rtl' };
  Object.assign(globalThis, { translations, document: { documentElement: root } });
  const module = await page(`js/language/translate.js?${Math.random()}`);
  delete globalThis.document;
  return { ...module, root };
}

test('the first language of the browser that there is is taken', () => {
  assert.equal(languageOf('de-AT', 'en'), 'de');
  assert.equal(languageOf('pt-BR', 'fr-CA', 'en'), 'fr');
  assert.equal(languageOf('pt-BR'), 'en');
});

test('English asks for nothing', () => {
  const { asked, lang } = firstPaint({ languages: ['en-GB', 'de'] });
  assert.deepEqual({ asked, lang }, { asked: [], lang: 'en' });
});

test('who reads Traditional Chinese only is not given the Simplified one', () => {
  assert.equal(languageOf('zh-CN'), 'zh-Hans');
  assert.equal(languageOf('zh-TW', 'en'), 'en');
  assert.equal(languageOf('zh-HK', 'zh'), 'zh-Hans');
});

test('a language that was chosen goes before those of the browser', () => {
  const stored = { 'runnel.language': 'ar' };
  const { lang, dir, asked } = firstPaint({ languages: ['de'], stored });
  assert.deepEqual({ lang, dir, asked }, { lang: 'ar', dir: 'rtl', asked: ['/languages/ar.json'] });
});

test('a table that cannot be had is none', async () => {
  const answer = { ok: false, json: () => ({ title: 'Not found' }) };
  assert.equal(await firstPaint({ languages: ['de'], answer }).translations, null);
});

test('without a table the page is in English from left to right', async () => {
  const { t, tn, root } = await translate('ar', null);
  assert.deepEqual(root, { lang: 'en', dir: 'ltr' });
  assert.equal(t('{name} is deleted.', { name: 'A chat' }), 'A chat is deleted.');
  assert.equal(tn(1, '{count} chat', '{count} chats'), '1 chat');
  assert.equal(tn(1234, '{count} chat', '{count} chats'), '1,234 chats');
});

test('values go where the language wants them, and are not read as texts', async () => {
  const { t } = await translate('de', { '{a} before {b}': '{b} nach {a}' });
  assert.equal(t('{a} before {b}', { a: '{b}', b: 12345.5 }), '12.345,5 nach {b}');
});

test('a text with an element is a list of children', async () => {
  const { t } = await translate('de', { 'Read {link} first.': 'Zuerst {link} lesen.' });
  const link = { type: 'a' };
  assert.deepEqual(t('Read {link} first.', { link }), ['Zuerst ', link, ' lesen.']);
});

test('a plural has the form that the language has for the number', async () => {
  const forms = { zero: '0', one: '1', two: '2', few: 'few', many: 'many', other: 'other' };
  const { tn } = await translate('ar', { '{count} chat': forms });
  const said = [0, 1, 2, 3, 11, 100].map((count) => tn(count, '{count} chat', '{count} chats'));
  assert.deepEqual(said, ['0', '1', '2', 'few', 'many', 'other']);
});
