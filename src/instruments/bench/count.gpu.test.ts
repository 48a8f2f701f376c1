import { expect, it } from "vitest";
import { openModel } from "../../engine/runtime/open-model";
import { gpu } from "../../testing/gpu/gpu";
import { makeModel } from "../../testing/models/make-model";
import { openNodeFile } from "../../testing/models/node-file";
import { memorySource } from "../../testing/models/memory-source";
import type { Matrix } from "../../engine/runtime/weights/weights";
import type { ByteSource } from "../../engine/weights/bytes/byte-source";
import { countToken } from "./count";

const demo = new URL("../../../public/models/demo/demo.gguf", import.meta.url).pathname;
// Smaller than the embedding, the head and the MLP's matrices, so that all of them lie in several buffers.
const split = { ...gpu, maxBindingBytes: 64 * 1024 };

async function costOf(source: ByteSource, device = gpu) {
  const open = await openModel(device, source, { contextLength: 16 });
  const cost = countToken(device.memory, open.model, 16);
  const { decode, weights } = open.model;
  const kinds = new Map(device.memory.rows().map(({ buffer, kind }) => [buffer, kind]));
  const ranges = [...decode.layers, ...decode.head].flatMap(({ bindings }) =>
    bindings
      .filter(({ range }) => kinds.get(range.buffer) === "weights")
      .map(({ range: { buffer, offset } }) => ({ buffer, offset })),
  );
  const keys = ranges.map(({ buffer, offset }) => `${[...kinds.keys()].indexOf(buffer)} ${offset}`);
  open.dispose();
  return { ...cost, nBound: keys.length, nDistinct: new Set(keys).size, weights };
}

const onDemo = async (device = gpu) => {
  const file = await openNodeFile(demo);
  const cost = await costOf(file, device);
  await file.close();
  return cost;
};

it("a token of the demo model takes 6 × 5 + 2 × 6 + 4 dispatches and reads every weight once", async () => {
  const { dispatches, bytes } = await onDemo();
  expect(dispatches).toBe(46);
  expect(bytes.weights / 6_374_096).toBeCloseTo(1, 3); // the file's tensors, and the embedding's one row
});

it("matrices in pieces take one dispatch more for each further piece, and the same bytes", async () => {
  const [whole, inPieces] = [await onDemo(), await onDemo(split)];
  const { layers, embedTokens, lmHead } = inPieces.weights;
  const parts = layers.flatMap((layer) => Object.values(layer) as unknown[]);
  const matrices = parts.filter((part): part is Matrix => part instanceof Object && "pieces" in part);
  const further = [...matrices, embedTokens, lmHead].map(({ pieces }) => pieces.length - 1);
  expect(Math.max(...further)).toBeGreaterThan(0);
  expect(inPieces.dispatches - whole.dispatches).toBeLessThanOrEqual(further.reduce((sum, n) => sum + n, 0));
  expect(inPieces.bytes.weights / whole.bytes.weights).toBeCloseTo(1, 3);
  expect(inPieces.bytes.state).toBe(whole.bytes.state);
});

// The depth of the 0.8B and 2B, where matrices are of the formats of a published file; and four layers.
it.each([
  ["deep", 130],
  ["nano", 25],
] as const)(
  "a token of the shape %s takes at most %i dispatches, each weight bound once",
  async (config, most) => {
    const cost = await costOf(memorySource(makeModel({ config, quant: "MIX", seed: 1 })));
    expect(cost.dispatches).toBeLessThanOrEqual(most);
    expect(cost.nBound - cost.nDistinct).toBe(1); // the tied head reads what the embedding has one row of
  },
);
