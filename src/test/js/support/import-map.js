// Resolves modules as a browser does that has read the import map of index.html.
import { readFileSync } from 'node:fs';

let folder;
let imports;

export function initialize({ publicFolder }) {
  folder = publicFolder;
  const html = readFileSync(new URL('index.html', folder), 'utf8');
  imports = JSON.parse(/<script type="importmap">([^]*?)<\/script>/.exec(html)[1]).imports;
}

export function resolve(specifier, context, next) {
  const key = Object.keys(imports).find(
    (name) => name === specifier || (name.endsWith('/') && specifier.startsWith(name)),
  );
  if (!key) return next(specifier, context);
  const path = imports[key] + specifier.slice(key.length);
  return { url: new URL(path.slice(1), folder).href, shortCircuit: true };
}

export function load(url, context, next) {
  return next(url, url.startsWith(folder) ? { ...context, format: 'module' } : context);
}
