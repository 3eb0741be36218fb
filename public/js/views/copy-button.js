import { html } from './html.js';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../language/translate.js';
import { copy } from '../shell/clipboard.js';
import { usePage } from './page-context.js';
import { Icon } from './icon.js';

export function CopyButton({ text, label }) {
  const { notices } = usePage();
  const [done, setDone] = useState(false);
  useEffect(() => {
    const timer = done && setTimeout(() => setDone(false), 1500);
    return () => clearTimeout(timer);
  }, [done]);
  const refused = () => notices.say(t('The browser did not allow the copy.'));
  const press = () => copy(text).then(setDone, refused);
  return html`
    <button class="icon-button" aria-label=${label} title=${done ? t('Copied') : label}
      onClick=${() => press()}>
      <${Icon} name=${done ? 'done' : 'copy'} />
    </button>`;
}
