import { beforeAll, expect, it } from "vitest";
import { readDocument } from "../read-document";
import { fuzzDocuments } from "./fuzz-documents";
import { seeds } from "./seeds";

beforeAll(() => {
  // pdf.js makes one as it is loaded; only what draws pages needs it to be real.
  globalThis.DOMMatrix ??= class {} as typeof DOMMatrix;
});

it.each(seeds.filter(({ name }) => !/\.(zip|mbox)$/.test(name)))(
  "$name is read as it is",
  async ({ name, bytes }) => {
    const { document } = await readDocument({ kind: "file", file: new File([bytes], name), name });
    expect(document.text.length).toBeGreaterThan(3);
  },
);

// A sample; `npm run fuzz` takes thousands of each.
it.each(seeds)("$name, mutated, is read or refused with a sentence", async (seed) => {
  const { slowestMs } = await fuzzDocuments(seed, 6, 20261130);
  expect(slowestMs).toBeLessThan(5000);
});
