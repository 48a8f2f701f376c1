/** Grammars, and the names that fences give to their languages. */
const names = {
  python: ["py", "python", "python3"],
  javascript: ["js", "javascript", "mjs", "cjs"],
  typescript: ["ts", "typescript"],
  jsx: ["jsx"],
  tsx: ["tsx"],
  jsonc: ["json", "jsonc", "json5"],
  html: ["html", "htm"],
  css: ["css"],
  scss: ["scss"],
  shellscript: ["sh", "bash", "shell", "zsh", "console", "shellscript"],
  powershell: ["ps1", "powershell", "pwsh"],
  sql: ["sql", "mysql", "postgresql", "sqlite"],
  java: ["java"],
  kotlin: ["kt", "kotlin"],
  swift: ["swift"],
  c: ["c", "h"],
  cpp: ["cpp", "c++", "cc", "hpp", "cuda"],
  csharp: ["cs", "csharp", "c#"],
  go: ["go", "golang"],
  rust: ["rs", "rust"],
  ruby: ["rb", "ruby"],
  php: ["php"],
  lua: ["lua"],
  r: ["r"],
  julia: ["jl", "julia"],
  scala: ["scala"],
  haskell: ["hs", "haskell"],
  dart: ["dart"],
  yaml: ["yaml", "yml"],
  toml: ["toml"],
  ini: ["ini"],
  xml: ["xml", "svg"],
  markdown: ["md", "markdown"],
  latex: ["tex", "latex"],
  docker: ["dockerfile", "docker"],
  diff: ["diff", "patch"],
  wgsl: ["wgsl"],
  glsl: ["glsl"],
  graphql: ["graphql"],
  matlab: ["matlab"],
} as const;

export type Grammar = keyof typeof names;

const grammars = new Map(
  Object.entries(names).flatMap(([grammar, all]) => all.map((name) => [name as string, grammar as Grammar])),
);

/** The grammar of the language that a fence names, if there is one. */
export const findGrammar = (language: string): Grammar | undefined => grammars.get(language.toLowerCase());
