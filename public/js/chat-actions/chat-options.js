import { t } from '../language/translate.js';
import { newChat } from '../shell/actions.js';
import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { Menu } from './menu.js';

/** Of the open chat, or of the new one that is to come. */
export function ChatOptions({ button, onClose }) {
  const page = usePage();
  const { chat, beginning } = page.conversation;
  const temporary = !chat.value && beginning.values.value.temporary;
  const open = (name) => () => (page.overlay.value = { name });
  const turn = () => {
    newChat(page);
    beginning.add({ temporary: temporary ? null : true });
  };
  const items = [
    { icon: 'settings', text: t('Chat settings…'), act: open('chat-settings') },
    { icon: 'copy', text: t('Presets…'), act: open('presets') },
    { icon: 'temporary', text: temporary ? t('Lasting chat') : t('Temporary chat'), act: turn },
  ];
  return html`<${Menu} ...${{ items, button, onClose }} />`;
}
