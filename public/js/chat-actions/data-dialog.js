import { useEffect, useRef, useState } from 'preact/hooks';
import * as api from '../api.js';
import { t, tn } from '../language/translate.js';
import { errorText } from '../shell/error-text.js';
import { chatPath } from '../shell/router.js';
import { html } from '../views/html.js';
import { Icon } from '../views/icon.js';
import { usePage } from '../views/page-context.js';
import { importFile } from './import-file.js';
import { Links } from './links.js';
import { at } from '../shell/address.js';
import { Dialog } from '../views/dialog.js';

export const DataDialog = ({ onClose }) => html`
  <${Dialog} title=${t('Import, export and links')} wide onClose=${onClose}>${(close) => html`
    <h3>${t('Export')}</h3>
    <p>${t('Everything that is yours, as one zip: each chat as JSON, which an import takes '
      + 'back, and as Markdown.')}</p>
    <p><a class="button" href=${at('/api/export')} download><${Icon} name="export" />${
      t('Export everything')}</a></p>
    <h3>${t('Import')}</h3>
    <${Import} close=${close} />
    <${OwnLinks} />`}
  <//>`;

function Import({ close }) {
  const { chats } = usePage();
  const [state, setState] = useState({});
  const take = async (file) => {
    if (!file || state.part !== undefined) return;
    setState({ file, part: 0 });
    try {
      const report = await importFile(file, (part) => setState({ file, part }));
      setState({ file, report });
      chats.load();
    } catch (error) {
      setState({ file, error });
    }
  };
  const { file, part, report, error } = state;
  return html`
    <${DropZone} busy=${part !== undefined} onFile=${take} />
    ${part !== undefined && html`
      <p role="status">${part < 1
        ? t('“{name}” is being sent…', { name: file.name })
        : t('The server reads it…')}</p>
      <progress aria-label=${t('Import')} value=${part < 1 ? part : undefined}></progress>`}
    ${error && html`<p role="alert">“${file.name}”: ${errorText(error)}</p>`}
    ${report && html`<${Report} report=${report} close=${close} />`}`;
}

function DropZone({ busy, onFile }) {
  const [over, setOver] = useState(false);
  const input = useRef();
  const drag = (inside) => (event) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(inside);
  };
  const drop = (event) => {
    drag(false)(event);
    onFile(event.dataTransfer.files[0]);
  };
  const choose = ({ target }) => {
    onFile(target.files[0]);
    target.value = '';
  };
  return html`
    <div class="drop-zone ${over ? 'over' : ''}" onDragOver=${drag(true)} onDragLeave=${drag(false)}
      onDrop=${drop}>
      <p>${t('Drop a file here: an export of Runnel, ChatGPT, Claude, Open WebUI or LibreChat, as '
        + 'a zip or as JSON.')}</p>
      <input class="visually-hidden" type="file" accept=".zip,.json" ref=${input} tabindex="-1"
        aria-label=${t('File to import')} onChange=${choose} />
      <button class="button" disabled=${busy} onClick=${() => input.current.click()}>
        ${t('Choose a file')}</button>
    </div>`;
}

const Report = ({ report: { chats, known, presets, skipped }, close }) => html`
  <div role="status">
    <p>${chats.length > 0 && tn(chats.length, '{count} chat came in.', '{count} chats came in.')}
      ${presets > 0 && html` ${t('New presets: {presets}.', { presets })}`}
      ${!chats.length && !presets && t('Nothing new came in.')}
      ${known.length > 0 && html` ${
        tn(known.length, '{count} chat was here already.', '{count} chats were here already.')}`}
      ${chats.length > 0 && html`${' '}
        <a href=${chatPath(chats[0])} onClick=${close}>${t('Open the first')}</a>`}
    </p>
    ${skipped.length > 0 && html`
      <p>${tn(skipped.length, '{count} could not be read:', '{count} could not be read:')}</p>
      <ul class="rows">${skipped.map(({ entry, title, detail }) => html`
        <li key=${entry}><span><strong>${title || t('Entry {entry}', { entry })}</strong>
          <small lang="en">${detail}</small></span></li>`)}
      </ul>`}
  </div>`;

function OwnLinks() {
  const { notices } = usePage();
  const [links, setLinks] = useState(null);
  const failed = (error) => notices.report(error);
  const look = () => api.readShares().then(setLinks, failed);
  useEffect(() => void look(), []);
  return links?.shares.length > 0 && html`
    <h3>${t('Links to your chats')}</h3>
    <${Links} shares=${links.shares} onEnded=${look} onFailed=${failed} />`;
}
