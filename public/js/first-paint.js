// A classic script in the head: a chosen theme must be known before the first pixel, and modules
// run after it.
try {
  const theme = localStorage.getItem(`${document.documentElement.dataset.base ?? ''}runnel.theme`);
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  /* storage can be forbidden; the system's theme is fine then */
}
