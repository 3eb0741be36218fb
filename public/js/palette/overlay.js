import '../shared.js';
import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { ModelPicker } from './model-picker.js';
import { Palette } from './palette.js';
import { Settings } from './settings.js';
import { ShortcutSheet } from './shortcut-sheet.js';

const overlays = {
  palette: Palette, models: ModelPicker, settings: Settings, shortcuts: ShortcutSheet,
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
