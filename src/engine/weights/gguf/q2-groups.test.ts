import { expect, it } from "vitest";
import { makeModel } from "../../../testing/models/make-model";
import { memorySource } from "../../../testing/models/memory-source";
import { readModelConfig } from "../config/config";
import { readGguf } from "./gguf";

const made = (quant: "Q2_0" | "PQ2_0") => makeModel({ config: "nano", quant, seed: 3 });

/**
 * The file with every tensor of type id `from` said to be of type id 42, as PrismML's files before July 2026
 * have it.
 */
function renumbered(bytes: Uint8Array<ArrayBuffer>, from: number): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const text = new TextDecoder("latin1").decode(copy.subarray(0, 60_000));
  for (const { index, 0: name } of text.matchAll(/(?:blk\.\d+\.[a-z0-9_]+|token_embd|output)\.weight/g)) {
    const at = index + name.length + 4 + 16; // two dimensions of eight bytes
    if (view.getUint32(index + name.length, true) === 2 && view.getUint32(at, true) === from)
      view.setUint32(at, 42, true);
  }
  return copy;
}

const typesIn = async (bytes: Uint8Array<ArrayBuffer>) => {
  const gguf = await readGguf(memorySource(bytes));
  readModelConfig(gguf);
  return new Set([...gguf.tensors.values()].map(({ type }) => type));
};

it("Q2_0 in groups of 64 is read as such", async () => {
  expect(await typesIn(made("Q2_0"))).toEqual(new Set(["Q2_0", "F32"]));
});

it("the older groups of 128 under the same type id are read as PQ2_0, whose layout they have", async () => {
  expect(await typesIn(renumbered(made("PQ2_0"), 142))).toEqual(new Set(["PQ2_0", "F32"]));
});

it("a file cut short in its last tensor is told from one of other groups", async () => {
  await expect(readGguf(memorySource(made("Q2_0").slice(0, -8)))).rejects.toThrow(
    /ends at byte \d+; the file has/,
  );
});

it("tensors that fit neither group are refused", async () => {
  const file = renumbered(makeModel({ config: "nano", quant: "Q8_0", seed: 3 }), 8);
  await expect(readGguf(memorySource(file))).rejects.toThrow(
    /neither those of groups of 64 weights nor of 128/,
  );
});
