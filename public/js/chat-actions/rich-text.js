import { t } from '../language/translate.js';

/** Copies a reply as it is drawn, for programs that take formatted text, and as it is written. */
export async function copyRichText({ id, content }, { notices, toasts }) {
  const drawn = document.createElement('div');
  const parts = document.querySelectorAll(`[data-id="${id}"] > .prose`);
  drawn.append(...[...parts].map((part) => part.cloneNode(true)));
  const tools = 'button, .code-head, svg, .preview, .preview-word';
  for (const tool of drawn.querySelectorAll(tools)) tool.remove();
  for (const code of drawn.querySelectorAll('pre[hidden]')) code.hidden = false;
  try {
    await write(drawn, content);
    toasts.say({ text: t('Copied as rich text.') });
  } catch {
    notices.say(t('The browser did not allow the copy.'));
  }
}

async function write(drawn, content) {
  if (!navigator.clipboard?.write) return copySelected(drawn);
  const blob = (type, text) => new Blob([text], { type });
  const item = {
    'text/html': blob('text/html', drawn.innerHTML),
    'text/plain': blob('text/plain', content),
  };
  return navigator.clipboard.write([new ClipboardItem(item)]);
}

/** Where there is no clipboard, which is so without TLS, the old command copies a selection. */
function copySelected(drawn) {
  drawn.className = 'visually-hidden';
  document.body.append(drawn);
  getSelection().selectAllChildren(drawn);
  const copied = document.execCommand('copy');
  getSelection().removeAllRanges();
  drawn.remove();
  if (!copied) throw new Error('copy refused');
}
