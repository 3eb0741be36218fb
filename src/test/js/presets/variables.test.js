import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { filledIn, variablesIn } = await page('js/presets/variables.js');
const { matching, named } = await page('js/presets/presets.js');

const one = (text) => variablesIn(text)[0];

test('a variable has a name, a type and what it begins with', () => {
  assert.deepEqual(one('{{who | text:a fox}}'), {
    name: 'who', type: 'text', options: [], initial: 'a fox',
  });
  assert.equal(one('{{ who }}').type, 'text');
  assert.deepEqual(one('{{t|select: warm , dry}}').options, ['warm', 'dry']);
  assert.equal(one('{{t|select:warm,dry}}').initial, 'warm');
  assert.equal(one('{{n|number:3}}').initial, '3');
  assert.equal(one('{{n|number:<b>}}').initial, '');
  assert.match(one('{{d|date:today}}').initial, /^\d{4}-\d\d-\d\d$/);
  assert.equal(one('{{d|date:soon}}').initial, '');
  assert.equal(one('{{b|checkbox:true}}').initial, 'yes');
  assert.equal(one('{{b|checkbox}}').initial, 'no');
});

test('the same name is asked for once and stands everywhere', () => {
  const text = '{{a}} and {{ a | text:x }} and {{b}}';
  assert.deepEqual(variablesIn(text).map(({ name }) => name), ['a', 'b']);
  assert.equal(filledIn(text, new Map([['a', '1'], ['b', '2']])), '1 and 1 and 2');
});

test('what is filled in is text, whatever it looks like', () => {
  const values = new Map([['a', '{{b}} $& $1 <img>'], ['b', 'no']]);
  assert.equal(filledIn('{{a}}', values), '{{b}} $& $1 <img>');
});

test('names that mean something to JavaScript or HTML are names', () => {
  const text = '{{__proto__}} {{constructor}} {{<script>alert(1)</script>}}';
  const names = variablesIn(text).map(({ name }) => name);
  assert.deepEqual(names, ['__proto__', 'constructor', '<script>alert(1)</script>']);
  assert.equal(filledIn(text, new Map(names.map((name) => [name, 'x']))), 'x x x');
});

test('what is no variable stays as it is', () => {
  for (const text of ['{{}}', '{{ | text}}', '{{a | list}}', '{a}', '{{a', `{{${'x'.repeat(81)}}}`]) {
    assert.deepEqual(variablesIn(text), [], text);
    assert.equal(filledIn(text, new Map([['a', '1']])), text);
  }
});

test('long texts with many brackets take no time to speak of', () => {
  const began = performance.now();
  for (const text of ['{{'.repeat(50_000), `{{${' '.repeat(100_000)}`, '{{a|'.repeat(25_000)]) {
    variablesIn(text);
  }
  assert.ok(performance.now() - began < 3_000);
  const many = Array.from({ length: 200 }, (_, place) => `{{v${place}}}`).join('');
  assert.equal(variablesIn(many).length, 50);
});

test('presets are found by the beginnings of their words first, then by what is in them', () => {
  const list = ['A big fox', 'Fox', 'Outfox', 'Bear'].map((name) => ({ id: name, name }));
  assert.deepEqual(matching(list, 'fox').map(({ name }) => name), ['Fox', 'A big fox', 'Outfox']);
  assert.equal(named([{ id: '1', name: '2' }, { id: '2', name: 'x' }], '2').name, 'x');
});
