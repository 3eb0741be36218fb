// What the frame shows of a block: a document, which is only ever text here.

const frame = (body, style = '') => `<!doctype html><meta charset="utf-8"><title>Preview</title>
<style>body { margin: 1rem; font: 1rem/1.5 system-ui, sans-serif; } ${style}</style>${body}`;

const image = 'body { margin: 0; display: grid; place-items: center; min-height: 100vh; }'
  + 'svg { max-width: 100%; max-height: 100vh; }';

const draw = `mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
const diagram = document.querySelector('.mermaid');
mermaid.run({ nodes: [diagram] }).catch(({ message, str }) => {
  diagram.textContent = message ?? str;
});`;

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const script = (text) => `<script>${text}</script>`;

const documents = {
  html: (code) => (/<(?:!doctype|html)\b/i.test(code) ? code : frame(code)),
  svg: (code) => frame(code, image),
  mermaid: (code, library) => frame(
    `<pre class="mermaid">${escaped(code)}</pre>${script(library)}${script(draw)}`,
    '.mermaid { display: grid; place-items: center; margin: 0; white-space: pre-wrap; }',
  ),
};

/** `html`, `svg` or `mermaid`; null where a language has no preview. */
export function previewKind(code, language) {
  const name = language.toLowerCase();
  const isImage = /^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>]/i.test(code);
  if (name === 'svg' || (isImage && ['xml', 'html', ''].includes(name))) return 'svg';
  if (['mermaid', 'mmd'].includes(name)) return 'mermaid';
  return ['html', 'htm', 'xhtml'].includes(name) ? 'html' : null;
}

/** `library` is the text of Mermaid, for its diagrams. */
export const previewText = (kind, code, library) => documents[kind](code, library);
