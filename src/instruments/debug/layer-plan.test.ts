import { describe, expect, it } from "vitest";
import { configOf, type ConfigName } from "../../testing/models/make-model-configs";
import { planMemory } from "../../engine/runtime/memory-plan";
import { planLayers } from "./layer-plan";
import { planPublishedWeights, publishedConfig, publishedSizes } from "./published-sizes";

const MiB = 2 ** 20;
const GiB = 2 ** 30;
const bindable = 2 ** 31; // more than any cache needs, so that no length is cut

/**
 * docs/model.md#memory-of-a-sequence: S in MiB, the convolution's in MiB for 3 inputs, KV in KiB a token,
 * and in GiB at 4K, 32K, 128K and 256K.
 */
const table = {
  "0.8B": [18, 1.27, 12, [0.047, 0.375, 1.5, 3]],
  "2B": [18, 1.27, 12, [0.047, 0.375, 1.5, 3]],
  "4B": [48, 2.25, 32, [0.125, 1, 4, 8]],
  "9B": [48, 2.25, 32, [0.125, 1, 4, 8]],
  "27B": [144, 5.63, 64, [0.25, 2, 8, 16]],
} as const;

describe.each(publishedSizes)("the plan of %s", (size) => {
  const config = publishedConfig(size);
  const weights = planPublishedWeights(config, bindable);
  const [stateMiB, convMiB, kvKiB, kvGiB] = table[size];
  const planAt = (contextLength: number) => planLayers(config, weights, contextLength, bindable);

  it("has the published sizes that random models of this shape are made with", () => {
    const { name: _, rmsNormEps: __, ...made } = configOf(`qwen35-${size.toLowerCase()}` as ConfigName);
    expect(config).toMatchObject(made);
  });

  it("has the reference's recurrent state and convolution state", () => {
    const sum = (kind: "recurrent state" | "convolution state") =>
      planAt(4096).lines.reduce((total, { bytes }) => total + (bytes[kind] ?? 0), 0);
    expect(sum("recurrent state")).toBe(stateMiB * MiB);
    // The table counts 3 inputs; the ring has a fourth place for the current one.
    expect((sum("convolution state") * 3) / 4 / MiB).toBeCloseTo(convMiB, 2);
  });

  it.each([4, 32, 128, 256].map((K, i) => [K, kvGiB[i]!] as const))(
    "has the reference's KV cache at %iK: %f GiB",
    (K, expected) => {
      const plan = planAt(K * 1024);
      const kv = plan.lines.reduce((total, { bytes }) => total + (bytes["KV cache"] ?? 0), 0);
      expect(plan.contextLength).toBe(K * 1024);
      expect(kv / plan.contextLength / 1024).toBe(kvKiB);
      expect(Math.round((kv / GiB) * 1000) / 1000).toBe(expected);
    },
  );

  it("adds up to the plan by kind, and its tensors to the weights", () => {
    const plan = planAt(32_768);
    const byKind = planMemory(config, weights, 32_768, bindable).reduce((sum, { bytes }) => sum + bytes, 0);
    const lines = plan.lines.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
    expect([lines, plan.totalBytes]).toEqual([byKind, byKind]);
    const tensorBytes = plan.tensors.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    // small tensors are padded
    expect(weights.sizeBytes - tensorBytes).toBeLessThan(256 * plan.tensors.length);
    expect(tensorBytes).toBeLessThanOrEqual(weights.sizeBytes);
  });

  it("over context grows by the keys and values, four times slower than with full attention everywhere", () => {
    const { overContext } = planAt(4096);
    expect(overContext.map(({ contextLength }) => contextLength)).toEqual(
      Array.from({ length: 41 }, (_, i) => Math.round(2 ** (10 + i / 4))), // what the page's slider asks for
    );
    const [first, last] = [overContext[0]!, overContext.at(-1)!];
    const growth = last.totalBytes - first.totalBytes;
    // And by what is used in passing: one layer's cache while it moves, and partial sums for each segment of
    // a binding.
    const kvGrowth = last.kvBytes - first.kvBytes;
    expect(growth).toBeGreaterThanOrEqual(kvGrowth);
    expect(growth / kvGrowth).toBeLessThan(1.15);
    expect((last.allFullBytes - first.allFullBytes) / (4 * kvGrowth)).toBeLessThan(1.05);
    expect((last.allFullBytes - first.allFullBytes) / (4 * kvGrowth)).toBeGreaterThanOrEqual(1);
  });
});

it("names every part once: layers in order, then embeddings, head and the rest", () => {
  const config = publishedConfig("9B");
  const { lines } = planLayers(config, planPublishedWeights(config, bindable), 4096, bindable);
  expect(lines.map(({ name }) => name)).toEqual([
    ...Array.from({ length: 32 }, (_, layer) => `layer ${layer}`),
    ...["embeddings", "head", "activations", "checkpoints", "staging"],
  ]);
});
