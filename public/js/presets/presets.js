import { signal } from '@preact/signals';

/** The presets as the server said last; null until it has. */
export const presets = signal(null);

export async function loadPresets({ call }) {
  presets.value = (await call('GET', '/api/presets')).presets;
  return presets.value;
}

/** By the beginnings of the words of the names, then by what is in them. */
export function matching(list, typed) {
  const wanted = typed.toLowerCase();
  const name = (preset) => preset.name.toLowerCase();
  const begins = (preset) => name(preset).split(/\s+/).some((word) => word.startsWith(wanted));
  const rank = (preset) => (name(preset).startsWith(wanted) ? 0 : begins(preset) ? 1 : 2);
  return list.filter((preset) => name(preset).includes(wanted))
    .sort((one, other) => rank(one) - rank(other));
}

export const named = (list, wanted) =>
  list.find(({ id }) => id === wanted) ?? list.find(({ name }) => name === wanted);
