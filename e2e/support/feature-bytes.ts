import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Files of the built app that a feature loads: they and what they import, without what is loaded before. */
const features = [
  ["the page: scripts", [], /(?!)/],
  ["Markdown", ["page"], /^Markdown-.*\.(?:js|css)$/],
  ["formulas", ["page", "Markdown"], /^katex-.*\.(?:js|css)$/],
  ["highlighted code", ["page", "Markdown"], /^highlight\.worker-.*\.js$/],
  ["diagrams", ["page", "Markdown"], /^mermaid\.min-.*\.js$/],
  ["previews of HTML and SVG", ["page", "Markdown"], /^sandbox\.html$/],
] as const;

export interface FeatureBytes {
  readonly name: string;
  readonly gzip: number;
}

/** Bytes, gzipped, of what the built app loads for a feature when it is first used. */
export function measureFeatures(folder: string): FeatureBytes[] {
  const index = readFileSync(join(folder, "index.html"), "utf8");
  const first = new Set(
    [...index.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name]) => name!),
  );
  const names = [...readdirSync(join(folder, "assets")), "sandbox.html"];
  const read = (name: string) =>
    readFileSync(name === "sandbox.html" ? join(folder, name) : join(folder, "assets", name));
  const withImports = (name: string, found: Set<string>): Set<string> => {
    if (found.has(name)) return found;
    found.add(name);
    if (name.endsWith(".js") && !name.startsWith("mermaid"))
      for (const [, imported] of read(name)
        .toString()
        .matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
        withImports(imported!, found);
    return found;
  };
  const loaded = new Map<string, ReadonlySet<string>>([["page", first]]);
  return features.map(([name, before, pattern]) => {
    const files = new Set<string>(name.startsWith("the page") ? first : []);
    for (const file of names) if (pattern.test(file)) withImports(file, files);
    if (!name.startsWith("the page"))
      for (const earlier of before) for (const file of loaded.get(earlier) ?? []) files.delete(file);
    loaded.set(name, files);
    return {
      name,
      gzip: [...files].reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0),
    };
  });
}
