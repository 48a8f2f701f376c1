/** Endings of files whose language is mostly named otherwise. */
const endings: Record<string, string> = {
  bash: "sh",
  "c#": "cs",
  "c++": "cpp",
  console: "sh",
  csharp: "cs",
  cuda: "cu",
  golang: "go",
  haskell: "hs",
  javascript: "js",
  jsonc: "json",
  julia: "jl",
  kotlin: "kt",
  latex: "tex",
  markdown: "md",
  mermaid: "mmd",
  mysql: "sql",
  plaintext: "txt",
  postgresql: "sql",
  powershell: "ps1",
  python: "py",
  python3: "py",
  ruby: "rb",
  rust: "rs",
  shell: "sh",
  shellscript: "sh",
  sqlite: "sql",
  text: "txt",
  typescript: "ts",
  yml: "yaml",
  zsh: "sh",
};

/** A name for a file of that code. A language is what a model wrote, so an odd one gives a text file. */
export function fileNameOf(language: string): string {
  const name = language.toLowerCase();
  if (name === "dockerfile" || name === "docker") return "Dockerfile";
  if (name === "makefile" || name === "make") return "Makefile";
  const ending = Object.hasOwn(endings, name) ? endings[name] : name;
  return `code.${ending && /^[a-z0-9]{1,10}$/.test(ending) ? ending : "txt"}`;
}
