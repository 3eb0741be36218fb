import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';

const { fileName } = await page('js/code/file-name.js');
const { previewKind, previewText } = await page('js/code/preview-text.js');

test('code is kept under the ending of its language', () => {
  const names = ['Python', 'c++', 'TSX', 'dockerfile', 'mermaid', '', 'no-such', 'constructor'];
  assert.deepEqual(names.map((language) => fileName('x', language)), [
    'code.py', 'code.cpp', 'code.tsx', 'Dockerfile', 'code.mmd', 'code.txt', 'code.txt', 'code.txt',
  ]);
});

test('a first line that is only a file’s name names the file, never a folder', () => {
  assert.equal(fileName('# src/app.py\nprint()', 'python'), 'app.py');
  assert.equal(fileName('// ../../etc/evil.sh\n', 'bash'), 'evil.sh');
  assert.equal(fileName('<!-- index.html -->\n<p>', 'html'), 'index.html');
  assert.equal(fileName('/* style.css */', 'css'), 'style.css');
  assert.equal(fileName('# Use app.py for this\n', 'python'), 'code.py');
  assert.equal(fileName('# .bashrc\n', 'bash'), 'code.sh');
  assert.equal(fileName('// \u202Eexe.txt\n', 'js'), 'code.js');
});

const preview = (code, language, library) => {
  const kind = previewKind(code, language);
  return kind && previewText(kind, code, library);
};

test('HTML, SVG and Mermaid have a preview, other languages have none', () => {
  assert.equal(preview('<!doctype html><p>one', 'HTML'), '<!doctype html><p>one');
  assert.match(preview('<p>one', 'html'), /^<!doctype html>.*<p>one$/s);
  assert.match(preview('<svg viewBox="0 0 1 1"></svg>', 'xml'), /place-items: center.*<svg/s);
  assert.match(preview('<?xml version="1.0"?>\n<svg></svg>', ''), /<svg/);
  const others = [['<note/>', 'xml'], ['<p>', 'jsx'], ['let a', 'js'], ['<p>one', '']];
  assert.deepEqual(others.map(([code, language]) => preview(code, language)), [null, null, null, null]);
});

test('a diagram is text for its library, and nothing of it becomes markup', () => {
  const text = preview('graph LR\n A-->B["</pre><script>x()</script>"]', 'mermaid', 'the library');
  assert.match(text, /<script>the library<\/script>/);
  assert.match(text, /<pre class="mermaid">graph LR\n A-->B\["&lt;\/pre>&lt;script>x\(\)&lt;\/script>"\]<\/pre>/);
});
