import { describe, expect, it } from "vitest";
import type { KvType } from "../../ground/kv-type";
import { meanKl } from "../../reference/divergence";
import { emptyState, forward } from "../../reference/model";
import { gpu } from "../../testing/gpu/gpu";
import { makeModel } from "../../testing/models/make-model";
import { quantNames, type QuantName } from "../../testing/models/make-model-types";
import { memorySource } from "../../testing/models/memory-source";
import { readReferenceModel } from "../../testing/models/reference-model";
import type { Precision } from "./compile/prefill-products";
import { logitsOf } from "./logits";
import { openModel } from "./open-model";

type Options = Parameters<typeof makeModel>[0];

const ids = Array.from({ length: 20 }, (_, i) => (i * 53 + 7) % 300);

interface Where {
  readonly kvType?: KvType;
  readonly start?: number;
}

async function logits(
  options: Options,
  precision: Precision,
  mode: "prefill" | "decode",
  { kvType = "f16", start = 0 }: Where = {},
) {
  const source = memorySource(makeModel(options));
  const open = await openModel(gpu, source, {
    contextLength: ids.length,
    precision,
    kvType,
    allLogits: true,
  });
  const rows: number[] = [];
  for await (const chunk of logitsOf(gpu, open.model, ids, { mode, chunk: 13, start })) rows.push(...chunk);
  open.dispose();
  return rows;
}

async function expected(options: Options, start = 0) {
  const model = await readReferenceModel(memorySource(makeModel(options)));
  return forward(model, emptyState(model.config, start), ids);
}

async function kl(options: Options, precision: Precision, mode: "prefill" | "decode") {
  const reference = await expected(options);
  return meanKl(reference, await logits(options, precision, mode), reference.length / ids.length);
}

/**
 * f16 tiles hold what a view gives, so the formats that came later are not compiled a second time for them.
 */
const triedInF16: readonly QuantName[] = [
  "F32",
  "F16",
  "BF16",
  "Q8_0",
  "Q4_0",
  "Q4_K",
  "Q5_K",
  "Q6_K",
  "MIX",
];

/**
 * SwiftShader takes a second a pipeline: there one of each kind of view; the kernels' own tests have them
 * all.
 */
const quants: readonly QuantName[] =
  process.env["GPU_ADAPTER"] === "lavapipe"
    ? quantNames
    : ["F32", "BF16", "Q8_0", "Q2_K", "Q6_K", "IQ4_XS", "MIX"];

describe("random models match f64", () => {
  it.each(quants)("stored as %s", async (quant) => {
    const options: Options = { config: "nano", quant, seed: 101 };
    expect(await kl(options, "f32", "prefill")).toBeLessThan(1e-8);
    expect(await kl(options, "f32", "decode")).toBeLessThan(1e-8);
    if (gpu.hasF16 && triedInF16.includes(quant))
      expect(await kl(options, "f16", "prefill")).toBeLessThan(5e-5);
  });

  // Value heads 1x, 2x and 3x the key heads; the head tied and not.
  it.each(["tiny", "tiny-grouped", "tiny-triple"] as const)("of the shape %s", async (config) => {
    const options: Options = { config, quant: "MIX", seed: 202 };
    expect(await kl(options, "f32", "prefill")).toBeLessThan(1e-8);
    expect(await kl(options, "f32", "decode")).toBeLessThan(1e-8);
  });

  it("with a multi-token-prediction block, which is left out", async () => {
    const options: Options = { config: "nano", quant: "Q8_0", seed: 303 };
    const plain = await logits(options, "f32", "prefill");
    expect(await logits({ ...options, hasMtp: true }, "f32", "prefill")).toEqual(plain);
  });
});

describe("outlier channels", () => {
  // Outliers of the MLP and of what layers add; keys have norms of their own.
  it("and a position of 1,000,000 cost keys and values in q8 no more than 5e-6", async () => {
    const options: Options = { config: "nano", quant: "MIX", seed: 404, outliers: 1e3 };
    const reference = await expected(options, 1e6);
    const actual = await logits(options, "f32", "decode", { kvType: "q8", start: 1e6 });
    expect(meanKl(reference, actual, reference.length / ids.length)).toBeLessThan(5e-6);
  });

  const precisions: Precision[] = gpu.hasF16 ? ["f32", "f16"] : ["f32"];
  it.each(precisions.flatMap((p) => [1e3, 1e4, 1e5].map((f) => [p, f] as const)))(
    "in %s, %i times larger, give finite logits that follow f64",
    async (precision, outliers) => {
      const options: Options = { config: "nano", quant: "MIX", seed: 404, outliers };
      for (const mode of ["prefill", "decode"] as const) {
        const actual = await logits(options, precision, mode);
        expect(actual.every(Number.isFinite)).toBe(true);
        const reference = await expected(options);
        expect(meanKl(reference, actual, reference.length / ids.length)).toBeLessThan(
          precision === "f32" ? 1e-6 : 1e-2,
        );
      }
    },
  );
});
