import { expect, it } from "vitest";

/**
 * Each folder may import itself, `errors`, and the folders named here; nothing else. Tests may also import what they test
 * against: `reference` and `testing`. docs/architecture.md prints this table; the last test below compares.
 */
const mayImport: Record<string, readonly string[]> = {
  ui: ["stores", "worker/protocol", "documents/protocol"],
  stores: ["worker/client", "worker/protocol", "documents/client", "documents/protocol", "storage"],
  worker: ["runtime", "weights", "text", "storage", "gpu", "bench", "lab", "debug"],
  debug: ["runtime", "kernels", "weights", "gpu"],
  bench: ["runtime", "kernels", "weights", "gpu"],
  lab: ["kernels", "gpu"],
  runtime: ["kernels", "weights", "gpu"],
  kernels: ["gpu"],
  weights: [],
  documents: ["storage"],
  storage: [],
  text: [],
  gpu: [],
  reference: [],
  testing: ["gpu", "weights", "reference", "runtime", "kernels", "text"],
};
const testsMayImport = ["reference", "testing", "weights", "runtime", "text", "kernels", "gpu"];

const sources = import.meta.glob<string>("./*/**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

for (const [path, source] of Object.entries(sources)) {
  const folder = path.split("/")[1]!;
  it(`${path} imports only what ${folder}/ may import`, () => {
    expect(mayImport[folder], `folder ${folder} is not in the table`).toBeDefined();
    const isTest = /\.test\.tsx?$/.test(path);
    const allowed = [folder, ...mayImport[folder]!, ...(isTest ? testsMayImport : [])];
    const imported = [
      ...source.matchAll(/(?:from|import)\s*\(?\s*"\.\.\/(?:\.\.\/)*([a-z]+(?:\/[a-z.-]+)?)"?/g),
    ].map((match) => match[1]!);
    const forbidden = imported.filter(
      (name) =>
        name.split("/")[0]! in mayImport && !allowed.some((a) => name === a || name.split("/")[0] === a),
    );
    expect(forbidden).toEqual([]);
  });
}

it("docs/architecture.md prints the table", () => {
  const pages = import.meta.glob<string>("../docs/architecture.md", {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const rows = [...pages["../docs/architecture.md"]!.matchAll(/^\| `(\w+)` \|([^|]*)\|/gm)];
  const namesIn = (cell: string) => [...cell.matchAll(/`([\w/]+)`/g)].map((match) => match[1]!);
  expect(Object.fromEntries(rows.map(([, folder, cell]) => [folder!, namesIn(cell!)]))).toEqual({
    ...mayImport,
    tests: testsMayImport,
  });
});
