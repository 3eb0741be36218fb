import { t } from '../language/translate.js';
import { applyPreset, insert } from './apply.js';
import { loadPresets, named } from './presets.js';

const longest = 100_000;

/**
 * A link can come from anywhere: it fills in what a person can see and change before they send,
 * and sends nothing. What was typed before stays.
 */
export async function openLinked(page, { search, pathname }) {
  const wanted = new URLSearchParams(search);
  const { visit } = page.conversation;
  const opened = visit.value;
  const isHere = () => visit.value === opened;
  history.replaceState(history.state, '', pathname);
  const prompt = wanted.get('q')?.slice(0, longest).trim();
  const model = wanted.get('model');
  const preset = wanted.get('preset');
  if (model) page.models.once.value = model;
  if (preset) await begin(page, { preset, prompt, model, isHere });
  if (prompt && isHere()) insert(page, prompt);
}

async function begin(page, { preset, prompt, model, isHere }) {
  try {
    const found = named(await loadPresets(page), preset);
    if (!isHere()) return;
    if (!found) page.notices.say(t('There is no preset {name}.', { name: preset.slice(0, 100) }));
    else await applyPreset(page, model ? { ...found, model } : found, prompt && { prompt: '' });
  } catch (error) {
    page.notices.report(error);
  }
}
