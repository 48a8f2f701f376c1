import { expect, it } from "vitest";
import { dequantize } from "../../reference/weights/dequantize";
import { emptyState, forward } from "../../reference/model";
import { readModelConfig } from "../../engine/weights/config/config";
import { readGguf } from "../../engine/weights/gguf/gguf";
import { makeModel, modelPieces, tensorBytes } from "./make-model";
import { configNames, configOf } from "./make-model-configs";
import { runTypeNames } from "../../engine/weights/types/type-facts";
import { float16Bits } from "../../engine/weights/bytes/half-floats";
import { quantNames } from "./make-model-types";
import { memorySource } from "./memory-source";
import { readReferenceModel } from "./reference-model";

const standardDeviation = (values: Float64Array) => {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
};

const largest = (values: Float64Array) => values.reduce((best, x) => Math.max(best, Math.abs(x)), 0);

it.each(quantNames)(
  "a nano model in %s is read back as the configuration it was made from",
  async (quant) => {
    const gguf = await readGguf(memorySource(makeModel({ config: "nano", quant, seed: 1 })));
    expect(readModelConfig(gguf)).toEqual(configOf("nano"));
  },
);

it.each(["heads", "tiny", "tiny-grouped", "tiny-triple"] as const)("%s is read back", async (config) => {
  const gguf = await readGguf(memorySource(makeModel({ config, quant: "MIX", seed: 1 })));
  expect(readModelConfig(gguf)).toEqual(configOf(config));
});

it("YaRN is read back", async () => {
  const yarn = { factor: 4, originalContextLength: 64 };
  const gguf = await readGguf(memorySource(makeModel({ config: "nano", quant: "Q8_0", seed: 1, yarn })));
  expect(readModelConfig(gguf)).toEqual(configOf("nano", yarn));
});

it("a multi-token-prediction block adds tensors and changes no other", async () => {
  const read = async (hasMtp: boolean) => {
    const bytes = makeModel({ config: "nano", quant: "MIX", seed: 1, hasMtp });
    const gguf = await readGguf(memorySource(bytes));
    const { offset, sizeBytes } = gguf.tensors.get("blk.3.ffn_down.weight")!;
    return { gguf, config: readModelConfig(gguf), down: bytes.slice(offset, offset + sizeBytes) };
  };
  const [plain, mtp] = [await read(false), await read(true)];
  expect(mtp.gguf.tensors.size).toBeGreaterThan(plain.gguf.tensors.size);
  expect(mtp.config).toEqual(plain.config);
  expect(mtp.down).toEqual(plain.down);
});

it("the same options give the same bytes, another seed gives others", () => {
  const make = (seed: number) => Buffer.from(makeModel({ config: "nano", quant: "MIX", seed }));
  expect(make(5).equals(make(5))).toBe(true);
  expect(make(5).equals(make(6))).toBe(false);
});

// The block types draw their fields and not their weights: each constant of theirs is checked here.
it.each(runTypeNames)("%s weights have the standard deviation columns^-1/2", async (type) => {
  const bytes = makeModel({ config: "tiny", quant: type, seed: 2 });
  const tensor = (await readGguf(memorySource(bytes))).tensors.get("blk.0.attn_qkv.weight")!;
  expect(tensor.type).toBe(type);
  const weights = dequantize(type, bytes.subarray(tensor.offset, tensor.offset + tensor.sizeBytes));
  // 1.0067 of it is expected of the block types, whose scales vary by ±20 %.
  expect(standardDeviation(weights) * Math.sqrt(tensor.shape[1]!)).toBeCloseTo(1, 1);
});

it("logits have a standard deviation near 1", async () => {
  const model = await readReferenceModel(memorySource(makeModel({ config: "tiny", quant: "MIX", seed: 3 })));
  const spread = standardDeviation(forward(model, emptyState(model.config), [1, 2, 3, 4]));
  expect(spread).toBeGreaterThan(0.7);
  expect(spread).toBeLessThan(1.4);
});

it.each([1e3, 1e5])(
  "outliers of %f make some rows that much larger, and the f64 logits stay finite",
  async (outliers) => {
    const make = async (factor: number) =>
      readReferenceModel(
        memorySource(makeModel({ config: "nano", quant: "MIX", seed: 4, outliers: factor })),
      );
    const [plain, large] = [await make(1), await make(outliers)];
    for (const name of [
      "blk.0.ffn_up.weight",
      "blk.1.ssm_out.weight",
      "blk.2.attn_norm.weight",
      "blk.3.attn_output.weight",
    ]) {
      const ratio = largest(large.tensor(name)) / largest(plain.tensor(name)) / outliers;
      expect(ratio, name).toBeGreaterThan(0.5);
      expect(ratio, name).toBeLessThan(1.1);
    }
    expect(forward(large, emptyState(large.config), [1, 2, 3]).every(Number.isFinite)).toBe(true);
  },
);

// Sizes in GB: docs/model.md#the-4-bit-mix. The decay and beta products in Q8_0 and the header come on top.
it.each([
  ["qwen35-0.8b", 0.518],
  ["qwen35-2b", 1.263],
  ["qwen35-4b", 2.698],
  ["qwen35-9b", 5.618],
  ["qwen35-27b", 16.54],
] as const)("%s as MIX takes the %f GB of a published Q4_K_M", (config, gigabytes) => {
  expect(tensorBytes({ config, quant: "MIX", seed: 1 }) / 1e9 / gigabytes).toBeCloseTo(1, 2);
});

it.each([undefined, 4])("a real shape's header can be made and read, cut to %s layers", async (nLayers) => {
  const options = { config: "qwen35-9b", quant: "MIX", seed: 1, ...(nLayers && { nLayers }) } as const;
  const [first] = modelPieces(options);
  const header = first!;
  const sizeBytes = header.length + tensorBytes(options);
  const gguf = await readGguf({
    sizeBytes,
    read: (offset, length) => {
      const bytes = new Uint8Array(length);
      bytes.set(header.subarray(offset, offset + length));
      return Promise.resolve(bytes);
    },
  });
  expect(readModelConfig(gguf)).toEqual(configOf("qwen35-9b", undefined, nLayers));
  expect(gguf.dataOffset).toBe(header.length);
});

it("every name has a configuration", () => {
  for (const name of configNames) expect(configOf(name).layerKinds).toHaveLength(configOf(name).nLayers);
});

// 65504: the largest. 65520: the tie to infinity. 2^-24: the smallest. 2^-25: a tie to even, 0. 1 + 2^-11: a
// tie to 1.
it.each([
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [65519, 0x7bff],
  [65520, 0x7c00],
  [2 ** -14, 0x0400],
  [2 ** -14 - 2 ** -24, 0x03ff],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000],
  [1.5 * 2 ** -24, 0x0002],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  [-0, 0x8000],
])("%f is half %i", (value, bits) => {
  expect(float16Bits(value)).toBe(bits);
});
