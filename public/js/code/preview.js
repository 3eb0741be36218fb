import { t } from '../language/translate.js';
import { at } from '../shell/address.js';
import '../shared.js';
import { html } from '../views/html.js';
import { useEffect, useState } from 'preact/hooks';
import { errorText } from '../shell/error-text.js';
import { previewKind, previewText } from './preview-text.js';

const restMilliseconds = 500;
let mermaid;

/** It is larger than all else of the page, and so loaded with the first diagram. */
function loadMermaid() {
  mermaid ??= fetch(at('/vendor/mermaid/mermaid.js')).then((answer) => {
    if (!answer.ok) throw new Error(t('The part that draws diagrams did not come.'));
    return answer.text();
  }).catch((error) => {
    mermaid = undefined;
    throw error;
  });
  return mermaid;
}

async function textOf(code, language) {
  const kind = previewKind(code, language);
  return previewText(kind, code, kind === 'mermaid' ? await loadMermaid() : '');
}

/**
 * Code as it looks, in a frame that has neither the network nor this page's origin. The frame is
 * another document for each text, which takes one only; of code that grows, for each rest.
 */
export function Preview({ code, language }) {
  const [shown, setShown] = useState(null);
  useEffect(() => {
    const take = (part) => setShown({ code, ...part });
    const ask = () => textOf(code, language).then((text) => take({ text }), (error) =>
      take({ error }));
    const timer = setTimeout(ask, shown ? restMilliseconds : 0);
    return () => clearTimeout(timer);
  }, [code]);
  if (!shown) return html`<p class="preview-word" role="status">${t('Loading…')}</p>`;
  const { text, error } = shown;
  return error
    ? html`<p class="preview-word" role="alert">${errorText(error)}</p>`
    : html`<${Frame} key=${shown.code} text=${text} />`;
}

function Frame({ text }) {
  // What is written into the frame is loaded, too, and must not be given once more.
  const [given, setGiven] = useState(false);
  const give = ({ target }) => {
    if (given) return;
    setGiven(true);
    // Its origin is opaque, so that it cannot be named.
    target.contentWindow.postMessage({ text }, '*');
  };
  return html`<iframe class="preview" title=${t('Preview')} sandbox="allow-scripts"
    referrerpolicy="no-referrer" src=${at('/preview')} onLoad=${give}></iframe>`;
}
