import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";

/**
 * The rooms of `src/`, and what each may import besides itself, `ground` and `language`. A file belongs to
 * the longest room that its path begins with. A room in a row stands for all below it; a file in a row stands
 * for itself. Tests may also import `testsMayImport`. docs/architecture.md prints this table, and a test
 * below compares.
 */
const mayImport: Record<string, readonly string[]> = {
  page: ["page/stores", "page/ui"],
  "page/ui/parts": ["page/stores", "worker/rpc/protocol"],
  "page/ui/markdown": ["page/ui/parts", "page/stores"],
  "page/ui/documents": ["page/ui/parts", "page/stores", "documents/protocol"],
  "page/ui/models": ["page/ui/parts", "page/stores", "worker/rpc/protocol"],
  "page/ui/inspect": ["page/ui/parts", "page/ui/models", "page/stores", "worker/rpc/protocol"],
  "page/ui/chat": [
    "page/ui/parts",
    "page/ui/markdown",
    "page/ui/documents",
    "page/ui/inspect",
    "page/stores",
    "worker/rpc/protocol",
  ],
  "page/ui/settings": ["page/ui/parts", "page/ui/models", "page/stores", "worker/rpc/protocol"],
  "page/ui/lab": ["page/ui/parts", "page/stores", "worker/rpc/protocol"],
  "page/ui/bench": ["page/ui/parts", "page/ui/models", "page/stores", "worker/rpc/protocol"],
  "page/ui/palette": ["page/ui/parts", "page/stores"],
  "page/ui/carry": ["page/ui/parts", "page/stores", "carry/protocol"],
  "page/ui/shell": ["page/ui", "page/stores", "worker/rpc/protocol"],
  "page/stores": [
    "worker/rpc/client",
    "worker/rpc/protocol",
    "documents/client",
    "documents/protocol",
    "search/client",
    "search/protocol",
    "carry/client",
    "carry/protocol",
    "storage",
  ],
  "worker/rpc": [
    "worker/engine.worker",
    "worker/calls",
    "engine/runtime",
    "engine/weights",
    "instruments",
    "storage",
  ],
  "worker/models": ["worker/rpc", "engine", "instruments/debug", "storage"],
  "worker/chat": ["worker/rpc", "worker/models", "engine", "instruments/debug", "storage"],
  worker: ["engine", "instruments", "storage"],
  "instruments/bench": ["engine"],
  "instruments/debug": ["engine"],
  "instruments/lab": ["engine/gpu", "engine/kernels"],
  "engine/runtime": ["engine/kernels", "engine/weights", "engine/gpu"],
  "engine/runtime/layers": [
    "engine/runtime/compile",
    "engine/runtime/state",
    "engine/runtime/weights",
    "engine/runtime/shape",
    "engine/kernels",
    "engine/weights/config",
    "engine/gpu",
  ],
  "engine/runtime/compile": [
    "engine/runtime/weights",
    "engine/runtime/shape",
    "engine/kernels",
    "engine/weights/config",
    "engine/gpu",
  ],
  "engine/runtime/state": ["engine/runtime/shape", "engine/kernels", "engine/weights/config", "engine/gpu"],
  "engine/runtime/weights": ["engine/runtime/shape", "engine/kernels", "engine/weights", "engine/gpu"],
  "engine/runtime/shape": ["engine/kernels", "engine/weights/config", "engine/gpu"],
  "engine/kernels": ["engine/weights/types", "engine/gpu"],
  "engine/gpu": [],
  "engine/text": [],
  "engine/weights": [],
  "engine/weights/hub": [
    "engine/weights/config",
    "engine/weights/gguf",
    "engine/weights/bytes",
    "engine/weights/types",
  ],
  "engine/weights/safetensors": [
    "engine/weights/config",
    "engine/weights/gguf",
    "engine/weights/bytes",
    "engine/weights/types",
  ],
  "engine/weights/config": ["engine/weights/gguf", "engine/weights/bytes", "engine/weights/types"],
  "engine/weights/gguf": ["engine/weights/bytes", "engine/weights/types"],
  "engine/weights/bytes": ["engine/weights/types"],
  "engine/weights/types": [],
  documents: ["storage"],
  "documents/fuzz": ["documents", "testing"],
  search: ["storage"],
  carry: ["documents/text", "storage"],
  storage: [],
  reference: ["engine/weights/types"],
  testing: ["engine", "reference"],
  ground: [],
  language: [],
};
const testsMayImport = ["engine", "reference", "testing", "worker/engine", "worker/calls"];

/** The most files that a folder may have of its own, tests and style sheets counted. */
const MOST_FILES = 24;

const src = import.meta.dirname;
const repository = dirname(src);

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const isSource = (path: string) => /\.tsx?$/.test(path);
const isTest = (path: string) => /\.test\.tsx?$/.test(path);
const rooms = Object.keys(mayImport).sort((a, b) => b.length - a.length);
const roomOf = (path: string) => rooms.find((room) => path.startsWith(`${room}/`));

/**
 * The files of `src/` that a source names in `import`, `export … from`, `import()` and `new Worker(new
 * URL(…))`.
 */
function importedBy(path: string): string[] {
  const source = readFileSync(join(src, path), "utf8");
  const named = [
    ...source.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"?]*)/g),
    ...source.matchAll(/\bnew URL\(\s*"(\.[^"?]*\.ts)"/g),
  ].map((match) => match[1]!);
  return named
    .map((name) => relative(src, join(src, dirname(path), name)))
    .filter((name) => !name.startsWith("..") && !name.endsWith(".css"));
}

function mayHave(importer: string, imported: string): boolean {
  const room = roomOf(importer)!;
  if (roomOf(imported) === room || /^(ground|language)\//.test(imported)) return true;
  const allowed = [...mayImport[room]!, ...(isTest(importer) ? testsMayImport : [])];
  // A room may import all the rooms below itself; a room of the table says what may climb.
  const below = imported.startsWith(`${room}/`);
  return (
    below ||
    allowed.some((name) => imported.replace(/\.tsx?$/, "") === name || imported.startsWith(`${name}/`))
  );
}

const sources = filesBelow(src)
  .filter(isSource)
  .map((path) => relative(src, path));

it("every file of src/ stands in a room of the table, but for tests of the whole", () => {
  const outside = sources.filter((path) => roomOf(path) === undefined);
  expect(outside.filter((path) => path.includes("/") || !isTest(path))).toEqual([]);
});

it.each(rooms)("%s imports only what it may", (room) => {
  const forbidden = sources
    .filter((path) => roomOf(path) === room)
    .flatMap((path) =>
      importedBy(path)
        .filter((name) => !mayHave(path, name))
        .map((name) => `${path} imports ${name}`),
    );
  expect(forbidden).toEqual([]);
});

it("the engine imports neither page, worker nor storage, tests included", () => {
  const climbing = sources
    .filter((path) => path.startsWith("engine/"))
    .flatMap((path) => importedBy(path).map((name) => `${path} imports ${name}`))
    .filter((line) => / imports (?:page|worker|storage|instruments|documents)\//.test(line));
  expect(climbing).toEqual([]);
});

it.each(["src", "shaders", "scripts", "e2e", "docs"])(
  `no folder of %s has over ${MOST_FILES} files`,
  (top) => {
    const counts = new Map<string, number>();
    for (const path of filesBelow(join(repository, top))) {
      const folder = relative(repository, dirname(path));
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count > MOST_FILES)).toEqual([]);
  },
);

it("docs/architecture.md prints the table", () => {
  const page = readFileSync(join(repository, "docs/architecture.md"), "utf8");
  const section = page.split(/^## /m).find((part) => part.startsWith("Who may import whom"))!;
  const rows = [...section.matchAll(/^\| +`([\w/]+)` +\|([^|]*)\|/gm)];
  const namesIn = (cell: string) => [...cell.matchAll(/`([\w/.]+)`/g)].map((match) => match[1]!);
  expect(Object.fromEntries(rows.map(([, room, cell]) => [room!, namesIn(cell!)]))).toEqual({
    ...mayImport,
    tests: testsMayImport,
  });
});
