const endings = {
  bash: 'sh', c: 'c', 'c#': 'cs', 'c++': 'cpp', clojure: 'clj', cpp: 'cpp', cs: 'cs', csharp: 'cs',
  css: 'css', csv: 'csv', dart: 'dart', diff: 'diff', elixir: 'ex', erlang: 'erl', fish: 'fish',
  'f#': 'fs', fsharp: 'fs', go: 'go', golang: 'go', graphql: 'graphql', groovy: 'groovy', h: 'h',
  haskell: 'hs', hcl: 'tf', html: 'html', ini: 'ini', java: 'java', javascript: 'js', js: 'js',
  json: 'json', jsonc: 'json', jsx: 'jsx', julia: 'jl', kotlin: 'kt', kt: 'kt', latex: 'tex',
  less: 'less', lua: 'lua', markdown: 'md', md: 'md', mermaid: 'mmd', mjs: 'mjs', nix: 'nix',
  ocaml: 'ml', patch: 'patch', perl: 'pl', php: 'php', postgresql: 'sql', powershell: 'ps1',
  ps1: 'ps1', properties: 'properties', proto: 'proto', protobuf: 'proto', py: 'py', python: 'py',
  r: 'r', rb: 'rb', rs: 'rs', ruby: 'rb', rust: 'rs', sass: 'sass', scala: 'scala', scss: 'scss',
  sh: 'sh', shell: 'sh', sql: 'sql', svelte: 'svelte', svg: 'svg', swift: 'swift', terraform: 'tf',
  tex: 'tex', toml: 'toml', ts: 'ts', tsx: 'tsx', typescript: 'ts', vb: 'vb', vue: 'vue',
  xml: 'xml', yaml: 'yaml', yml: 'yml', zig: 'zig', zsh: 'zsh',
};

const whole = { dockerfile: 'Dockerfile', makefile: 'Makefile', cmake: 'CMakeLists.txt' };

const comment = /^(?:#|\/\/|--|;|%|\/\*|<!--)\s*(\S+)\s*(?:\*\/|-->)?$/;
const path = /^(?:[\w.-]+\/)*([\w-][\w.-]*\.\w{1,8})$/;

/** The name under which code is kept: what the code itself says, or `code` and its ending. */
export function fileName(code, language) {
  const name = language.toLowerCase();
  // Models like to write it into the first line, as a comment of nothing else.
  const [, written] = comment.exec(code.slice(0, 200).split('\n')[0].trim()) ?? [];
  const [, said] = path.exec(written ?? '') ?? [];
  if (said) return said;
  if (Object.hasOwn(whole, name)) return whole[name];
  return `code.${Object.hasOwn(endings, name) ? endings[name] : 'txt'}`;
}
