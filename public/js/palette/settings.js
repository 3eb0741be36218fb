import { chooseLanguage, chosenLanguage, languages } from '../language/choice.js';
import { t } from '../language/translate.js';
import { at } from '../shell/address.js';
import { html } from '../views/html.js';
import { usePage } from '../views/page-context.js';
import { enterSends, setEnterSends } from '../shell/enter-key.js';
import { setSingleKeys, singleKeys } from '../shell/single-keys.js';
import { Dialog } from '../views/dialog.js';

/** What one sets for oneself in this browser, and the way to one's data. */
export function Settings({ onClose }) {
  const { theme, desktop, me } = usePage();
  return html`
    <${Dialog} title=${t('Settings')} onClose=${onClose} closedby="any">
      <${Choice} legend=${t('Theme')} value=${theme.choice.value}
        options=${[['system', t('As the system')], ['light', t('Light')], ['dark', t('Dark')]]}
        onPick=${(choice) => (theme.choice.value = choice)} />
      <${Choice} legend=${t('Enter')} value=${enterSends() ? 'sends' : 'breaks'}
        options=${[['sends', t('Sends')], ['breaks', t('Begins a new line')]]}
        onPick=${(meaning) => setEnterSends(meaning === 'sends')} />
      <label class="setting switch"><span>${t('Language')}</span>
        <select onChange=${({ target }) => chooseLanguage(target.value)}>
          <option value="">${t('As the browser')}</option>
          ${languages().map(([tag, name]) => html`<option key=${tag} value=${tag} lang=${tag}
            selected=${tag === chosenLanguage()}>${name}</option>`)}
        </select></label>
      ${desktop.possible.value && html`
        <${Switch} text=${t('Notify me when a long reply is finished')} on=${desktop.on.value}
          onTurn=${() => desktop.toggle()} />`}
      <${Switch} text=${t('The key ? shows all shortcuts')} on=${singleKeys.value}
        onTurn=${() => setSingleKeys(!singleKeys.value)} />
      <div class="setting-links">
        <a class="button" href=${at('/api/export')} download>${t('Export everything')}</a>
        ${me.value && me.value.id !== 'local' && html`
          <a class="button" href=${at('/profile')}>${t('Account, sessions, deletion')}</a>`}
      </div>
    <//>`;
}

const Choice = ({ legend, value, options, onPick }) => html`
  <fieldset class="setting">
    <legend>${legend}</legend>
    <div class="segments">${options.map(([option, text]) => html`
      <label key=${option}>
        <input type="radio" name="setting-${legend}" value=${option} checked=${option === value}
          onChange=${() => onPick(option)} /><span>${text}</span></label>`)}
    </div>
  </fieldset>`;

const Switch = ({ text, on, onTurn }) => html`
  <label class="setting switch"><span>${text}</span>
    <input type="checkbox" role="switch" checked=${on} onChange=${onTurn} /></label>`;
