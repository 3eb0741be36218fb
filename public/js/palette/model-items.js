import { signal } from '@preact/signals';
import { t } from '../language/translate.js';
import { lastingStorage, storedObject } from '../shell/storage.js';
import { matches } from './matching.js';

const key = 'runnel.models.pinned';

/** The ids of the models that stand first. */
export const pinned = signal(storedObject(lastingStorage, key, []));

export function togglePinned(id) {
  const others = pinned.value.filter((each) => each !== id);
  pinned.value = others.length < pinned.value.length ? others : [...others, id];
  lastingStorage.setItem(key, JSON.stringify(pinned.value));
}

/** As people say it: 128k, 1M. */
export function contextText(tokens) {
  if (!tokens || tokens < 1_000) return String(tokens ?? '');
  const thousand = tokens % 1_000 ? 1_024 : 1_000;
  const thousands = tokens / thousand;
  return thousands < 1_000 ? `${trimmed(thousands)}k` : `${trimmed(thousands / thousand)}M`;
}

const trimmed = (number) => String(Number(number.toFixed(number < 10 ? 1 : 0)));

/** The models whose name or server has the words, as items of a picker. */
export function modelItems({ models, conversation }, query, onPick) {
  const current = models.of(conversation.chat.value);
  const isOther = (id) => models.others?.value.includes(id);
  const word = (id) => (id === current ? t('in use') : isOther(id) && t('beside'));
  const names = new Map(models.providers.value.map(({ id, name }) => [id, name]));
  return models.list.value
    .filter(({ id, provider }) => matches(`${id} ${names.get(provider) ?? ''}`, query))
    .map((model) => itemOf(model, word(model.id), onPick ?? ((id) => conversation.useModel(id))));
}

function itemOf({ id, provider, vision, context_length: tokens }, word, pick) {
  const facts = [tokens && t('{context} tokens', { context: contextText(tokens) }), word];
  return {
    id: `model-${id}`,
    model: id,
    provider,
    text: id,
    icon: vision ? 'eye' : 'model',
    detail: [vision && t('sees images'), ...facts].filter(Boolean).join(' · '),
    star: { on: pinned.value.includes(id), toggle: () => togglePinned(id) },
    act: () => pick(id),
  };
}
