import { t } from '../language/translate.js';
import { variablesIn } from './variables.js';

const parameters = ['model', 'system', 'temperature', 'max_tokens', 'reasoning_effort'];

/** What a preset says of how the model writes. */
export const settingsOf = (preset) =>
  Object.fromEntries(parameters.map((name) => [name, preset[name]])
    .filter(([, value]) => value != null));

/** The open chat, or the new one, goes on with a preset; its prompt comes into the box. */
export async function applyPreset(page, preset, { prompt = preset.prompt } = {}) {
  const { conversation, models, notices, announce } = page;
  const { model, ...others } = settingsOf(preset);
  const isNew = !conversation.chat.value;
  const visit = conversation.visit.value;
  if (isNew && model) models.once.value = model;
  const changes = isNew || !model ? others : { ...others, model };
  try {
    if (Object.keys(changes).length) await conversation.configure(changes);
  } catch (error) {
    notices.report(error);
    return;
  }
  // The reader may have gone to another chat.
  if (conversation.visit.value !== visit) return;
  announce(t('This chat goes on with the preset {name}.', { name: preset.name }));
  if (prompt && variablesIn(prompt).length) page.overlay.value = { name: 'variables', prompt };
  else insert(page, prompt);
}

/** Behind what is typed, unless that is the beginning of a preset's name. */
export function insert({ conversation: { outbox } }, prompt) {
  const typed = outbox.typed.value;
  const rest = /^\/[^\s/]*$/.test(typed) ? '' : typed.trimEnd();
  outbox.type([rest, prompt].filter(Boolean).join('\n\n'));
  requestAnimationFrame(() => {
    const box = document.getElementById('message');
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  });
}
