import { html } from './html.js';
import { usePage } from './page-context.js';

export function OpenDialog() {
  const { dialogs } = usePage();
  const open = dialogs.shown.value;
  return open && html`<${open.Dialog} ...${open.properties} onClose=${dialogs.close} />`;
}
