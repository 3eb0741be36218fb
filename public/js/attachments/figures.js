import { language, t, tn } from '../language/translate.js';

export function sizeText(bytes) {
  if (bytes < 1000) return tn(bytes, '{count} byte', '{count} bytes');
  const large = bytes >= 1_000_000;
  const unit = large ? 'megabyte' : 'kilobyte';
  const options = { style: 'unit', unit, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, options).format(bytes / (large ? 1_000_000 : 1000));
}

export const tokensText = (tokens) => tn(tokens, 'about {count} token', 'about {count} tokens');

export const isImage = ({ type }) => type.startsWith('image/');

/** Why these files cannot go to a model, or null. `model` is its entry in the list of models. */
export function objection(files, model) {
  if (files.some(isImage) && model && !model.vision)
    return t('This model cannot see images. Choose another, or remove them.');
  const tokens = sum(files);
  const room = model?.context_length ? Math.floor(model.context_length * 0.75) : Infinity;
  const taken = tokensText(tokens);
  return tokens > room
    ? t('The files take {taken}. The model can be given {room}.', { taken, room })
    : null;
}

export const sum = (files) => files.reduce((all, { tokens }) => all + (tokens ?? 0), 0);
