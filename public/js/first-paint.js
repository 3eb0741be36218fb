// A classic script in the head: a chosen theme and the language must be known before the first
// pixel, and modules run after it. The texts of a language are asked for at once.
{
  const root = document.documentElement;
  const stored = (key) => {
    try {
      return localStorage.getItem(`${root.dataset.base ?? ''}runnel.${key}`);
    } catch {
      return null; // Storage can be forbidden; what the system and the browser say is fine then.
    }
  };
  const theme = stored('theme');
  if (theme) root.dataset.theme = theme;

  // Who reads Traditional Chinese does not want the Simplified one.
  const written = (tag) => {
    const { language, script } = new Intl.Locale(tag).maximize();
    return language + script;
  };
  const tables = [{ hreflang: 'en' }, ...document.querySelectorAll('link[hreflang]')];
  for (const tag of [stored('language') ?? [], ...navigator.languages].flat()) {
    const table = tables.find(({ hreflang }) => written(hreflang) === written(tag));
    if (table?.href) {
      root.lang = table.hreflang;
      root.dir = table.hreflang === 'ar' ? 'rtl' : 'ltr';
      globalThis.translations = fetch(table.href, { signal: AbortSignal.timeout(8000) })
        .then((answer) => (answer.ok ? answer.json() : null))
        .catch(() => null);
    }
    if (table) break;
  }
}
