import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { PresetsDialog } from './presets-dialog.js';
import { SettingsDialog } from './settings-dialog.js';
import { VariablesDialog } from './variables-dialog.js';

const dialogs = {
  settings: SettingsDialog,
  presets: PresetsDialog,
  variables: VariablesDialog,
};

/** The dialog that was asked for. */
export function Dialogs() {
  const { dialog } = usePage();
  const { name, ...props } = dialog.value;
  const onClose = () => (dialog.value = null);
  return html`<${dialogs[name]} key=${name} ...${props} onClose=${onClose} />`;
}
