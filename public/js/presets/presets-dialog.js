import { html } from '../views/html.js';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../language/translate.js';
import { usePage } from '../views/page-context.js';
import { applyPreset } from './apply.js';
import { Dialog } from '../views/dialog.js';
import { PresetForm } from './preset-form.js';
import { loadPresets, presets } from './presets.js';

/** One's presets and the operator's; `draft` is one that is to be made. */
export function PresetsDialog({ draft, onClose }) {
  const page = usePage();
  const [edited, setEdited] = useState(draft ?? null);
  const load = () => loadPresets(page).catch((error) => page.notices.report(error));
  useEffect(() => {
    load();
  }, []);
  const done = async () => {
    await load();
    setEdited(null);
  };
  if (edited) return html`
    <${Dialog} wide key="form" title=${edited.id ? t('Edit preset') : t('New preset')}
      onClose=${onClose}>
      <${PresetForm} preset=${edited} onDone=${done} onCancel=${() => setEdited(null)} />
    <//>`;
  return html`
    <${Dialog} wide key="list" title=${t('Presets')} onClose=${onClose}>
      <p>${t('What a chat can begin with. In the box for a message, / lists them.')}</p>
      <ul class="preset-list">
        ${presets.value?.map((preset) => html`<${Row} key=${preset.id} preset=${preset}
          onClose=${onClose} onEdit=${() => setEdited(preset)} onChange=${load} />`)}
      </ul>
      ${presets.value?.length === 0 && html`<p role="status">${t('There are none yet.')}</p>`}
      <div class="dialog-actions">
        <button class="button primary" onClick=${() => setEdited({})}>${t('New preset')}</button>
      </div>
    <//>`;
}

function Row({ preset, onClose, onEdit, onChange }) {
  const page = usePage();
  const [sure, setSure] = useState(false);
  const use = () => {
    onClose();
    applyPreset(page, preset);
  };
  const remove = async () => {
    if (!sure) return setSure(true);
    const deleted = page.call('DELETE', `/api/presets/${preset.id}`);
    await deleted.catch((error) => page.notices.report(error));
    await onChange();
  };
  const { name, readonly } = preset;
  return html`
    <li>
      <span class="preset-name" dir="auto">${name}</span>
      ${readonly && html`<span class="modal-hint">${t('from the server')}</span>`}
      <button class="button small" aria-label=${t('Use {name}', { name })}
        onClick=${use}>${t('Use')}</button>
      ${!readonly && html`
        <button class="button small" aria-label=${t('Edit {name}', { name })}
          onClick=${onEdit}>${t('Edit')}</button>
        <button class="button small ${sure ? 'danger' : ''}" onClick=${remove}
          aria-label=${sure ? t('Really delete {name}', { name }) : t('Delete {name}', { name })}
          >${sure ? t('Really?') : t('Delete')}</button>`}
    </li>`;
}
