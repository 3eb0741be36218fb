import { t } from '../language/translate.js';
import '../shared.js';
import { apiPath, at } from '../shell/address.js';
import { useEffect } from 'preact/hooks';
import { html } from '../views/html.js';
import { Icon } from '../views/icon.js';
import { isImage, objection, sizeText, sum, tokensText } from './figures.js';

/** The files beside the prompt that is being written. */
export function Strip({ attachments, model, onRemoved }) {
  const files = attachments.list.value;
  const { taken } = attachments;
  const remove = (file) => {
    attachments.remove(file);
    onRemoved();
  };
  const wrong = objection(taken.value, model);
  useEffect(() => {
    attachments.objection.value = wrong;
    return () => (attachments.objection.value = null);
  }, [wrong]);
  return html`
    <div class="attachment-strip">
      <ul class="attachments" aria-label=${t('Attachments')}>
        ${files.map((file) => html`
          <${Entry} key=${file.key ?? file.id} file=${file} onRemove=${() => remove(file)} />`)}
      </ul>
      ${taken.value.length > 0 && html`
        <p class="attachment-cost">${
          t('Files: {tokens}', { tokens: tokensText(sum(taken.value)) })}</p>`}
      ${wrong && html`<p class="attachment-objection" role="alert">${wrong}</p>`}
    </div>`;
}

function Entry({ file, onRemove }) {
  const { id, name, error } = file;
  return html`
    <li class="attachment ${error ? 'refused' : ''}" title=${name}>
      <${Picture} file=${file} />
      <span class="attachment-facts">
        <span class="attachment-name" dir="auto">${name}</span>
        <${State} file=${file} />
      </span>
      <button class="icon-button" type="button" onClick=${onRemove}
        aria-label=${id || error ? t('Remove {name}', { name }) : t('Cancel {name}', { name })}>
        <${Icon} name="close" /></button>
    </li>`;
}

function State({ file: { id, name, size, tokens, progress, error } }) {
  if (error) return html`<span class="attachment-error" role="alert">${error}</span>`;
  if (id) return html`<small>${sizeText(size)}, ${tokensText(tokens)}</small>`;
  return html`<progress aria-label=${t('Sending {name}', { name })} value=${progress} />`;
}

const pathOf = ({ id }, api = apiPath) => at(`${api}/uploads/${id}`);

const Picture = ({ file }) =>
  file.id && isImage(file)
    ? html`<img src=${pathOf(file)} alt="" />`
    : html`<${Icon} name="file" />`;

/** The files of a prompt that was sent. `api` is where they are had, if not by their owner. */
export const Sent = ({ files, api }) => html`
  <ul class="attachments" aria-label=${t('Attachments')}>
    ${files.map((file) => html`
      <li key=${file.id} class="attachment ${isImage(file) ? 'image' : ''}">
        <a href=${pathOf(file, api)} target="_blank" rel="noopener" title=${file.name}>
          ${isImage(file)
            ? html`<img src=${pathOf(file, api)} alt=${file.name} loading="lazy" />`
            : html`<${Icon} name="file" /><span class="attachment-facts">
                <span class="attachment-name" dir="auto">${file.name}</span>
                <small>${sizeText(file.size)}, ${tokensText(file.tokens)}</small></span>`}
        </a>
      </li>`)}
  </ul>`;
