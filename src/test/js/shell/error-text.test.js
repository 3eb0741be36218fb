// What a person is told in German, by the table that the page has.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileOf, page } from '../support/page.js';

const translations = JSON.parse(readFileSync(fileOf('languages/de.json'), 'utf8'));
Object.assign(globalThis, { translations, document: { documentElement: { lang: 'de' } } });
const { Problem } = await page('js/api.js');
const { errorText, wrongField } = await page('js/shell/error-text.js');
delete globalThis.document;

const refused = (field, message) => new Problem(422, {
  title: 'Invalid field', detail: `${field}: ${message}`, errors: [{ field, message }],
});

test('what is wrong with a field is said with the name that the page gives it', () => {
  const wrong = 'must be at most 20 different ones of at most 40 characters, '
    + 'without commas and quotation marks';
  assert.equal(errorText(refused('tags', wrong)),
    'Tags: Höchstens 20 verschiedene mit höchstens 40 Zeichen, ohne Kommas und Anführungszeichen');
  assert.equal(errorText(refused('temperature', 'must be from 0 to 2')), 'Temperatur: muss zwischen 0 und 2 liegen');
  assert.equal(wrongField('Name', 'must have at most 1,000 characters'), 'Name: darf höchstens 1.000 Zeichen haben');
});

test('each value and figure of a refusal stands in its translation', () => {
  assert.equal(errorText(refused('reasoning_effort', 'must be one of none, low, high')),
    'Denkaufwand: muss einer dieser Werte sein: none, low, high');
  assert.equal(errorText(refused('models', 'must be from 2 to 4 different models')),
    'Modelle: müssen 2 bis 4 verschiedene Modelle sein');
});

test('what is in no table is English, and marked as that', () => {
  const [label, english] = errorText(refused('tags', 'must rhyme with 12'));
  assert.equal(label, 'Tags: ');
  assert.deepEqual(english.props, { lang: 'en', dir: 'ltr', children: 'must rhyme with 12' });
});
