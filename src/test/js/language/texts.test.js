import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileOf } from '../support/page.js';
import { scripts, textsInMarkup, textsOf, unclearCalls, untranslated } from '../support/texts.js';

const languages = ['de', 'es', 'fr', 'zh', 'ja', 'ar'];
const documents = ['index', 'account', 'share', 'inspect'];
const tableOf = (language) =>
  JSON.parse(readFileSync(fileOf(`languages/${language}.json`), 'utf8'));
const documentOf = (name) => readFileSync(fileOf(`${name}.html`), 'utf8');

// Folders whose texts are not translated yet.
const later = /^(?:api-docs|inspect\/.*|views\/(?:conversation|sidebar)\/.*)/;

const used = scripts.flatMap(({ source }) => textsOf(source));
const placeholders = (text) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

test('what people read is in the tables', () => {
  const found = scripts
    .filter(({ name }) => !later.test(name))
    .flatMap(({ name, source }) => untranslated(source).map((text) => `${name}: ${text}`));
  assert.deepEqual(found, []);
});

test('the text of each call is written there, so that it is found', () => {
  const unclear = scripts
    .filter(({ name }) => name !== 'language/translate.js')
    .flatMap(({ name, source }) => unclearCalls(source).map((call) => `${name}: ${call}`));
  assert.deepEqual(unclear, []);
});

for (const language of languages) {
  const table = tableOf(language);

  test(`${language} has each text, and no other`, () => {
    const wanted = [...new Set(used.map(({ text }) => text))].sort();
    assert.deepEqual(Object.keys(table).sort(), wanted);
  });

  test(`${language} has the plural forms of the language where a text is counted`, () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const { text, other } of used) {
      const forms = typeof table[text] === 'string' ? ['text'] : Object.keys(table[text] ?? {});
      assert.deepEqual(forms.sort(), other ? [...pluralCategories].sort() : ['text'], text);
    }
  });

  test(`${language} puts the same values into a text as English does`, () => {
    for (const { text, other } of used) {
      if (!other) assert.deepEqual(placeholders(table[text]), placeholders(text), text);
      for (const [form, translation] of Object.entries(other ? table[text] : {})) {
        // "One file" needs no figure.
        const wanted = placeholders(other).filter((name) => name !== '{count}');
        const has = placeholders(translation).filter((name) => name !== '{count}');
        assert.deepEqual(has, wanted, `${text} (${form})`);
      }
    }
  });

  test(`every document names the table of ${language}`, () => {
    const named = documents.filter((name) => documentOf(name).includes(`"/languages/${language}.json"`));
    assert.deepEqual(named, documents);
  });
}
