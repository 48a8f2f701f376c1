import { beforeAll, expect, it } from "vitest";
import { readDocument } from "../read-document";
import { fuzzDocuments } from "./fuzz-documents";
import { seeds } from "./seeds";
import { standInForDomMatrix } from "../../testing/dom-matrix";

beforeAll(standInForDomMatrix);

it.each(seeds.filter(({ name }) => !/\.(zip|mbox)$/.test(name)))(
  "$name is read as it is",
  async ({ name, bytes }) => {
    const { document } = await readDocument({ kind: "file", file: new File([bytes], name), name });
    expect(document.text.length).toBeGreaterThan(3);
  },
);

// A sample; `npm run fuzz` takes thousands of each. A case that takes 5 s rejects by itself.
it.each(seeds)("$name, mutated, is read or refused with a sentence", async (seed) => {
  await expect(fuzzDocuments(seed, 6, 20261130)).resolves.toHaveProperty("slowestMs");
});

it("a case that takes longer than it may fails, with the time that it took", async () => {
  const said = expect.stringMatching(/^One case took \d+ ms of CPU; 0 are allowed/) as string;
  await expect(fuzzDocuments(seeds[0]!, 1, 20261130, undefined, 0)).rejects.toMatchObject({
    cause: { message: said },
  });
});
