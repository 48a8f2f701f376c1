import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const engine = join(import.meta.dirname, "engine");
const options: ts.CompilerOptions = { moduleResolution: ts.ModuleResolutionKind.Bundler };
const cache = ts.createModuleResolutionCache(engine, (name) => name, options);

/** Names mapped to the names that they import. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The files of the engine that a file imports, in whatever way: types, re-exports and dynamic imports too.
 */
function importedBy(path: string): ReadonlySet<string> {
  const { importedFiles } = ts.preProcessFile(readFileSync(path, "utf8"), true, true);
  const resolved = importedFiles
    .map(({ fileName }) => ts.resolveModuleName(fileName, path, options, ts.sys, cache).resolvedModule)
    .flatMap((module) => module?.resolvedFileName ?? []);
  return new Set(resolved.filter((file) => file.startsWith(`${engine}/`)));
}

/** A circle of a graph, its first name again at its end; `null` where there is none. */
function circleOf(graph: Graph): readonly string[] | null {
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (name: string): readonly string[] | null => {
    if (done.has(name)) return null;
    const before = way.indexOf(name);
    if (before >= 0) return [...way.slice(before), name];
    way.push(name);
    for (const imported of graph.get(name) ?? []) {
      const circle = visit(imported);
      if (circle) return circle;
    }
    way.pop();
    done.add(name);
    return null;
  };
  for (const name of graph.keys()) {
    const circle = visit(name);
    if (circle) return circle;
  }
  return null;
}

/** Folders mapped to the other folders that their files import. */
function betweenRooms(files: Graph): Graph {
  const rooms = new Map<string, Set<string>>();
  for (const [file, imported] of files) {
    const room = dirname(file);
    const others = rooms.get(room) ?? new Set<string>();
    for (const other of imported) if (dirname(other) !== room) others.add(dirname(other));
    rooms.set(room, others);
  }
  return rooms;
}

const sources = readdirSync(engine, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path)) // nothing imports a test
  .map((path) => join(engine, path));
const files: Graph = new Map(sources.map((path) => [path, importedBy(path)]));
const shown = (circle: readonly string[] | null) =>
  circle?.map((path) => relative(engine, path) || ".").join(" → ") ?? null;

it("no files of the engine import each other in a circle, not even for a type", () => {
  expect(shown(circleOf(files))).toBeNull();
});

it("no rooms of the engine import each other in a circle, not even for a type", () => {
  expect(shown(circleOf(betweenRooms(files)))).toBeNull();
});

describe("what looks for circles", () => {
  const graphOf = (edges: Record<string, readonly string[]>): Graph =>
    new Map(Object.entries(edges).map(([name, imported]) => [name, new Set(imported)]));

  it("gives the circle alone, without the way to it", () => {
    const graph = graphOf({ "a/1": ["b/1"], "b/1": ["c/1"], "c/1": ["b/1"] });
    expect(circleOf(graph)).toEqual(["b/1", "c/1", "b/1"]);
  });

  it("does not take two ways to one file for a circle", () => {
    expect(circleOf(graphOf({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] }))).toBeNull();
  });

  it("sees a circle of rooms whose files are in none", () => {
    const graph = graphOf({ "a/1": ["b/1"], "b/1": [], "b/2": ["a/2"], "a/2": [] });
    expect(circleOf(graph)).toBeNull();
    expect(circleOf(betweenRooms(graph))).toEqual(["a", "b", "a"]);
  });

  it("reads a type's import as an import", () => {
    const imported = importedBy(join(engine, "runtime/state/gpu-sequence-memory.ts"));
    expect(imported).toContain(join(engine, "gpu/device.ts"));
  });
});
