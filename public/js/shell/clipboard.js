/** Copies a text; resolves to true. */
export async function copy(text) {
  // The clipboard is there only on https and localhost; elsewhere the old command still works.
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copyTheOldWay(text);
  return true;
}

function copyTheOldWay(text) {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (!copied) throw new Error('copy refused');
}
