import '../views/shared.js';
import { h } from 'preact';
import { useEffect } from 'preact/hooks';
import { isImage, objection, sizeText, sum, tokensText } from './figures.js';

/** The files beside the prompt that is being written. */
export function Strip({ Icon, attachments, model, onRemoved }) {
  const files = attachments.list.value;
  const taken = attachments.taken.value;
  const wrong = objection(taken, model);
  useEffect(() => {
    attachments.objection.value = wrong;
    return () => (attachments.objection.value = null);
  }, [wrong]);
  const remove = (file) => {
    attachments.remove(file);
    onRemoved();
  };
  const entry = (file) =>
    h(Entry, { key: file.key ?? file.id, Icon, file, onRemove: () => remove(file) });
  return h(
    'div',
    { class: 'attachment-strip' },
    h('ul', { class: 'attachments', 'aria-label': 'Attachments' }, files.map(entry)),
    taken.length > 0 && h('p', { class: 'attachment-cost' }, `Files: ${tokensText(sum(taken))}`),
    wrong && h('p', { class: 'attachment-objection', role: 'alert' }, wrong),
  );
}

function Entry({ Icon, file, onRemove }) {
  const { id, name, error } = file;
  const label = `${id || error ? 'Remove' : 'Cancel'} ${name}`;
  const button = { class: 'icon-button', type: 'button', onClick: onRemove, 'aria-label': label };
  return h(
    'li',
    { class: `attachment ${error ? 'refused' : ''}`, title: name },
    id && isImage(file) ? h('img', { src: address(file), alt: '' }) : h(Icon, { name: 'file' }),
    h('span', { class: 'attachment-facts' }, h(Name, { name }), h(State, { file })),
    h('button', button, h(Icon, { name: 'close' })),
  );
}

function State({ file }) {
  const { id, name, progress, error } = file;
  if (error) return h('span', { class: 'attachment-error', role: 'alert' }, error);
  if (id) return h('small', null, cost(file));
  return h('progress', { 'aria-label': `Sending ${name}`, value: progress });
}

/** The files of a prompt that was sent. */
export const Sent = ({ Icon, files }) =>
  h(
    'ul',
    { class: 'attachments', 'aria-label': 'Attachments' },
    files.map((file) =>
      h(
        'li',
        { key: file.id, class: `attachment ${isImage(file) ? 'image' : ''}` },
        h(
          'a',
          { href: address(file), target: '_blank', rel: 'noopener', title: file.name },
          isImage(file)
            ? h('img', { src: address(file), alt: file.name, loading: 'lazy' })
            : [h(Icon, { name: 'file' }), h(Facts, { file })],
        ),
      ),
    ),
  );

const Facts = ({ file }) =>
  h('span', { class: 'attachment-facts' }, h(Name, file), h('small', null, cost(file)));

const Name = ({ name }) => h('span', { class: 'attachment-name', dir: 'auto' }, name);

const address = ({ id }) => `/api/uploads/${id}`;
const cost = ({ size, tokens }) => `${sizeText(size)}, ${tokensText(tokens)}`;
