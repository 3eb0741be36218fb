import { html } from '../html.js';
import { useEffect, useState } from 'preact/hooks';
import { deleteToken, makeToken, readTokens } from '../../api.js';
import { Field } from './field.js';
import { Form, useForm } from './form.js';

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

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
    <section class="card" aria-label="Personal tokens">
      <h2>Personal tokens</h2>
      <p class="aside">For scripts: <code>curl -H "Authorization: Bearer …"</code></p>
      ${made && html`
        <p role="status">Copy the token of “${made.name}” now. It is not shown again.</p>
        <p class="secret">${made.token}</p>`}
      <ul class="rows">${tokens.map((token) => html`<${Row} key=${token.id} token=${token}
        onDelete=${() => deleteToken(token.id).finally(look)} />`)}</ul>
      <${Form} form=${form} button="Make a token" kind="">
        <${Field} form=${form} label="Name of the token" name="name" maxlength="100"
          autocomplete="off" required />
        <${Field} form=${form} label="Days that it works" name="days" type="number" min="1"
          max="3650" hint="For ever, if you leave it empty." />
      <//>
    </section>`;
}

const used = ({ used: at }) => (at ? `Last used ${day.format(at)}` : 'Never used');
const expires = ({ expires: at }) => (at ? ` · works until ${day.format(at)}` : '');

const Row = ({ token, onDelete }) => html`
  <li>
    <span><strong>${token.name}</strong>
      <small>${used(token)}${expires(token)}</small></span>
    <button class="button small" aria-label="Delete the token ${token.name}"
      onClick=${onDelete}>Delete</button>
  </li>`;
