import { t } from '../language/translate.js';
import '../shared.js';
import { html } from '../views/html.js';
import { download } from '../shell/download.js';
import { Icon } from '../views/icon.js';
import { fileName } from './file-name.js';
import { previewKind } from './preview-text.js';

const Tool = ({ label, icon, on, onPress }) => html`
  <button class="icon-button" aria-label=${label} title=${label}
    aria-pressed=${on === undefined ? null : String(on)} onClick=${onPress}>
    <${Icon} name=${icon} /></button>`;

/** What can be done with code beside copying it; `view` is `{ wrapped, previewed }`. */
export function CodeTools({ code, language, view, onView }) {
  const turn = (name) => () => onView({ ...view, [name]: !view[name] });
  const { previewed = false, wrapped = false } = view;
  return html`
    ${previewKind(code, language) && html`
      <${Tool} label=${t('Preview')} icon="eye" on=${previewed} onPress=${turn('previewed')} />`}
    <${Tool} label=${t('Wrap lines')} icon="wrap" on=${wrapped} onPress=${turn('wrapped')} />
    <${Tool} label=${t('Download')} icon="export" onPress=${() => keep(code, language)} />`;
}

function keep(code, language) {
  const address = URL.createObjectURL(new Blob([code], { type: 'text/plain' }));
  download(address, fileName(code, language));
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
