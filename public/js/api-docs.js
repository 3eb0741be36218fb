import { at } from './shell/address.js';
import { element as e } from './shell/element.js';

const methods = ['get', 'post', 'put', 'patch', 'delete'];

const answer = await fetch(at('/api/openapi.json'));
const api = await answer.json();
const resolved = (node) =>
  node?.$ref
    ? node.$ref
        .slice(2)
        .split('/')
        .reduce((at, key) => at[key], api)
    : node;

function operations(tag) {
  return Object.entries(api.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method]?.tags[0] === tag)
      .map((method) => ({ path, method, ...item[method] })),
  );
}

const definitions = (rows) =>
  e('dl', {}, ...rows.flatMap(([term, text]) => [e('dt', {}, term), e('dd', {}, text)]));

const code = (schema) => e('pre', {}, JSON.stringify(spelledOut(schema), null, 2));

/** A schema with its references put in place; none of ours is about itself. */
function spelledOut(node) {
  if (Array.isArray(node)) return node.map(spelledOut);
  if (!node || typeof node !== 'object') return node;
  if (node.$ref) return spelledOut(resolved(node));
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, spelledOut(value)]));
}

function parameters(list) {
  const rows = list
    .map(resolved)
    .map(({ name, in: place, description }) => [
      name,
      `${place}${description ? ` – ${description}` : ''}`,
    ]);
  return [e('h3', {}, 'Parameters'), definitions(rows)];
}

function responses(all) {
  return Object.entries(all).flatMap(([status, response]) => {
    const { description, content = {} } = resolved(response);
    const json = content['application/json']?.schema;
    const types = Object.keys(content).join(', ');
    return [
      e('h3', {}, `${status === 'default' ? 'Any error' : status} – ${description}`),
      e('small', {}, types),
      ...(json ? [code(json)] : []),
    ];
  });
}

const operation = ({
  path,
  method,
  summary,
  description,
  parameters: given,
  requestBody,
  responses: all,
  security,
}) =>
  e(
    'details',
    {},
    e(
      'summary',
      {},
      e('span', { class: 'method' }, method.toUpperCase()),
      e('code', {}, path),
      e('small', {}, summary),
    ),
    e(
      'div',
      { class: 'body' },
      ...(description ? [e('p', {}, description)] : []),
      e(
        'small',
        {},
        security?.length === 0
          ? 'For everybody.'
          : 'For those who are logged in, or send a personal token.',
      ),
      ...(given ? parameters(given) : []),
      ...(requestBody
        ? [e('h3', {}, 'Body'), code(Object.values(requestBody.content)[0].schema)]
        : []),
      ...responses(all),
    ),
  );

document
  .getElementById('page')
  .append(
    e('h1', {}, 'The API of Runnel'),
    e('p', {}, api.info.description),
    e(
      'p',
      {},
      e('a', { href: at('/api/openapi.json') }, 'openapi.json'),
      ' · ',
      e('a', { href: at('/') }, 'Back to the chats'),
    ),
    ...api.tags.flatMap(({ name, description }) => [
      e('h2', {}, description),
      ...operations(name).map(operation),
    ]),
  );
