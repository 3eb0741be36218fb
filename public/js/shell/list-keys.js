import { isComposing } from './keyboard.js';

/**
 * The arrow keys go from a search field through the links of its results and back; Enter in the
 * field opens the first one.
 */
export function listKeys(event, { field, list }) {
  const { key, target } = event;
  const isOurs = target === field || target.matches('a[href]');
  if (!list || !isOurs || isComposing(event) || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  const links = [...list.querySelectorAll('a[href]')].filter((link) => link.checkVisibility());
  const place = links.indexOf(target);
  if (key === 'Enter' && target === field && field.value.trim()) links[0]?.click();
  else if (key === 'ArrowDown') (links[place + 1] ?? target).focus();
  else if (key === 'ArrowUp' && place >= 0) (links[place - 1] ?? field).focus();
  else return;
  event.preventDefault();
}
