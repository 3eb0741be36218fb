import { html } from './html.js';
import { later, partOf } from './later.js';
import { usePage } from './page-context.js';

const chatActions = () => import('../chat-actions/parts.js');
const palette = () => import('../palette/parts.js');
const presets = () => import('../presets/parts.js');

const overlays = {
  palette: later(partOf(palette, 'Palette')),
  models: later(partOf(palette, 'ModelPicker')),
  settings: later(partOf(palette, 'Settings')),
  shortcuts: later(partOf(palette, 'ShortcutSheet')),
  'chat-settings': later(partOf(presets, 'SettingsDialog')),
  presets: later(partOf(presets, 'PresetsDialog')),
  variables: later(partOf(presets, 'VariablesDialog')),
  data: later(partOf(chatActions, 'DataDialog')),
  'delete-chats': later(partOf(chatActions, 'DeleteDialog')),
  tags: later(partOf(chatActions, 'TagsDialog')),
  edit: later(partOf(chatActions, 'EditDialog')),
  share: later(partOf(chatActions, 'ShareDialog')),
};

/** What lies over the page: `page.overlay` has its name and properties. */
export function Overlay() {
  const { overlay } = usePage();
  const { name, ...properties } = overlay.value;
  const shown = overlay.value;
  // An action may have opened another one by then.
  const close = () => overlay.value === shown && (overlay.value = null);
  return html`<${overlays[name]} key=${name} ...${properties} onClose=${close} />`;
}
