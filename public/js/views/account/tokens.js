import { html } from '../html.js';
import { useEffect, useState } from 'preact/hooks';
import { deleteToken, makeToken, readTokens } from '../../api.js';
import { language, t } from '../../language/translate.js';
import { Field } from './field.js';
import { Form, useForm } from './form.js';

const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });

export function Tokens() {
  const [tokens, setTokens] = useState([]);
  const [made, setMade] = useState(null);
  const look = () => readTokens().then((told) => setTokens(told.tokens), () => {});
  useEffect(() => void look(), []);
  const form = useForm(async ({ name, days }, element) => {
    setMade(await makeToken({ name, ...(days && { days: Number(days) }) }));
    element.reset();
    look();
  });
  return html`
    <section class="card" aria-label=${t('Personal tokens')}>
      <h2>${t('Personal tokens')}</h2>
      <p class="aside">${t('For scripts:')} <code>curl -H "Authorization: Bearer …"</code></p>
      ${made && html`
        <p role="status">${
          t('Copy the token of “{name}” now. It is not shown again.', { name: made.name })}</p>
        <p class="secret">${made.token}</p>`}
      <ul class="rows">${tokens.map((token) => html`<${Row} key=${token.id} token=${token}
        onDelete=${() => deleteToken(token.id).finally(look)} />`)}</ul>
      <${Form} form=${form} button=${t('Make a token')} kind="">
        <${Field} form=${form} label=${t('Name of the token')} name="name" maxlength="100"
          autocomplete="off" required />
        <${Field} form=${form} label=${t('Days that it works')} name="days" type="number" min="1"
          max="3650" hint=${t('For ever, if you leave it empty.')} />
      <//>
    </section>`;
}

const used = ({ used: at }) => 
  at ? t('Last used {time}', { time: day.format(at) }) : t('Never used');
const expires = ({ expires: at }) =>
  at ? ` · ${t('Works until {time}', { time: day.format(at) })}` : '';

const Row = ({ token, onDelete }) => html`
  <li>
    <span><strong>${token.name}</strong>
      <small>${used(token)}${expires(token)}</small></span>
    <button class="button small" aria-label=${t('Delete the token {name}', token)}
      onClick=${onDelete}>${t('Delete')}</button>
  </li>`;
