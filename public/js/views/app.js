import { html } from './html.js';
import { t } from '../language/translate.js';
import { PageContext } from './page-context.js';
import { Composer } from './conversation/composer.js';
import { Messages } from './conversation/messages.js';
import { LoadFailed } from './conversation/load-failed.js';
import { Overlay } from './overlay.js';
import { NotFound } from './not-found.js';
import { Notices } from './notices.js';
import { Scroller } from './conversation/scroller.js';
import { Sidebar } from './sidebar/sidebar.js';
import { Toasts } from './toasts.js';
import { TopBar } from './top-bar.js';
import { Welcome } from './conversation/welcome.js';

export function App({ page }) {
  const { sidebar } = page;
  const drawer = sidebar.narrow.value && sidebar.open.value;
  return html`
    <${PageContext.Provider} value=${page}>
      <div class="page ${sidebar.open.value ? 'with-sidebar' : ''}">
        ${sidebar.open.value && html`<${Sidebar} />`}
        ${drawer && html`<div class="drawer-shade" onClick=${() => sidebar.closeDrawer()}></div>`}
        <main class="main" inert=${drawer}>
          <${TopBar} />
          <${Room} page=${page} />
        </main>
        <div class="alerts"><${Notices} /><${Toasts} /></div>
        ${page.overlay.value && html`<${Overlay} />`}
        <p class="visually-hidden" role="status">${page.announcement}</p>
      </div>
    <//>`;
}

function Room({ page: { router, conversation } }) {
  const nothing = router.route.value.name === 'not-found' || conversation.loader.missing.value;
  if (nothing) return html`<${NotFound} />`;
  const { chat, loader, outbox, visit } = conversation;
  const isNew = !chat.value && !outbox.outgoing.value;
  return html`
    <${Scroller} key=${visit.value}>
      ${isNew ? html`<${Welcome} />` : html`<${Messages} />`}
      ${loader.loading.value && html`
        <p class="loading" role="status">${t('Loading the chat…')}</p>`}
      ${loader.failed.value && html`<${LoadFailed} />`}
    <//>
    <${Composer} />`;
}
