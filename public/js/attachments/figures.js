export function sizeText(bytes) {
  if (bytes < 1000) return `${bytes} byte${bytes === 1 ? '' : 's'}`;
  const large = bytes >= 1_000_000;
  const unit = large ? 'megabyte' : 'kilobyte';
  const options = { style: 'unit', unit, maximumFractionDigits: 1 };
  return new Intl.NumberFormat('en', options).format(bytes / (large ? 1_000_000 : 1000));
}

const count = (tokens) => new Intl.NumberFormat('en').format(tokens);

export const tokensText = (tokens) => `about ${count(tokens)} token${tokens === 1 ? '' : 's'}`;

export const isImage = ({ type }) => type.startsWith('image/');

/** Why these files cannot go to a model, or null. `model` is its entry in the list of models. */
export function objection(files, model) {
  if (files.some(isImage) && model && !model.vision)
    return 'This model cannot see images. Choose another, or remove them.';
  const tokens = sum(files);
  const room = model?.context_length ? Math.floor(model.context_length * 0.75) : Infinity;
  return tokens > room
    ? `The files take ${tokensText(tokens)}. The model can be given ${count(room)}.`
    : null;
}

export const sum = (files) => files.reduce((all, { tokens }) => all + (tokens ?? 0), 0);
