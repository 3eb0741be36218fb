import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileOf } from '../support/page.js';
import { scripts, textsInMarkup, textsOf, unclearCalls, untranslated } from '../support/texts.js';

const languages = ['de', 'es', 'fr', 'zh', 'ja', 'ar'];
const documents = ['index', 'account', 'share', 'inspect'];
const tableOf = (language) =>
  JSON.parse(readFileSync(fileOf(`languages/${language}.json`), 'utf8'));
const documentOf = (name) => readFileSync(fileOf(`${name}.html`), 'utf8');

// What the API's document says is the server's, in English.
const isEnglish = ({ name }) => name === 'api-docs.js';

const inDocuments = documents.flatMap((name) => textsInMarkup(documentOf(name)));
const used = [
  ...scripts.flatMap(({ source }) => textsOf(source)),
  ...inDocuments.map((text) => ({ text })),
];
const server = readdirSync('src/main/java', { recursive: true })
  .filter((name) => name.endsWith('.java'))
  .map((name) => readFileSync(`src/main/java/${name}`, 'utf8'))
  .join('\n');
/** Titles and details of problems, which are translated where a table has them. */
const isOfServer = (text) => server.includes(`"${text}"`);
const placeholders = (text) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

/** What is wrong with a field: the sentence that begins with the field's name. */
const refusals = readdirSync('src/main/java/runnel', { recursive: true })
  .filter((name) => /^(?:web|account)\/(?!openai).*\.java$/.test(name))
  .map((name) => readFileSync(`src/main/java/runnel/${name}`, 'utf8').replace(/^ *\/\/.*$/gm, ''))
  .flatMap((source) => [...source.matchAll(/"((?:must|is|cannot|does not) [a-z][^"]*[^".])"/g)])
  .map(([, text]) => text);

test('what the server says of a field is in the tables', () => {
  assert.ok(refusals.length > 20);
  for (const language of languages) {
    const table = tableOf(language);
    assert.deepEqual(refusals.filter((text) => !table[text]), [], language);
  }
});

test('what people read is in the tables', () => {
  const found = scripts
    .filter((script) => !isEnglish(script))
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
    const wanted = new Set(used.map(({ text }) => text));
    assert.deepEqual([...wanted].filter((text) => !table[text]), []);
    const others = Object.keys(table).filter((text) => !wanted.has(text));
    assert.deepEqual(others.filter((text) => !isOfServer(text)), []);
    assert.deepEqual(Object.keys(table).sort(), Object.keys(tableOf('de')).sort());
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
