import { describe, expect, it } from "vitest";
import { meanKl } from "../../reference/divergence";
import { emptyState, forward } from "../../reference/model";
import { gpu } from "../../testing/gpu/gpu";
import { makeModel } from "../../testing/models/make-model";
import { makeSafetensors, type SafetensorsOptions } from "../../testing/models/make-safetensors";
import { memorySource } from "../../testing/models/memory-source";
import { readReferenceModel } from "../../testing/models/reference-model";
import { joinSources } from "../weights/bytes/joined-source";
import { openSafetensors } from "../weights/safetensors/safetensors-model";
import { chooseFormatFor } from "./weights/choose-format";
import { logitsOf } from "./logits";
import { openModel, openReadModel, type OpenModel } from "./open-model";

// Value heads 1x, 2x and 3x the key heads.
const configs = ["tiny", "tiny-grouped", "tiny-triple"] as const;
const ids = Array.from({ length: 20 }, (_, i) => (i * 53 + 7) % 300);
const options = { contextLength: ids.length, precision: "f32", allLogits: true } as const;

async function logits(open: OpenModel): Promise<number[]> {
  const rows: number[] = [];
  for await (const chunk of logitsOf(gpu, open.model, ids, { mode: "prefill", chunk: 20, start: 0 }))
    rows.push(...chunk);
  open.dispose();
  return rows;
}

async function openFolder(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) {
  const parts = [...files].filter(([name]) => name.endsWith(".safetensors"));
  const source = joinSources(
    parts.map(([name, bytes]) => ({
      name,
      sizeBytes: bytes.length,
      open: () => Promise.resolve(memorySource(bytes)),
    })),
  );
  return openSafetensors(source, new TextDecoder().decode(files.get("config.json")), "made");
}

describe.each(configs)("a random %s", (config) => {
  const gguf = makeModel({ config, quant: "F32", seed: 11 });
  const asGguf = openModel(gpu, memorySource(gguf), options).then(logits);

  const layouts: SafetensorsOptions[] = [
    {},
    { prefix: "model." },
    { prefix: "language_model.model.", nFiles: 3 },
  ];
  it.each(layouts)("gives the logits of its GGUF as safetensors, with %j", async (layout) => {
    const model = await openFolder(await makeSafetensors(gguf, layout));
    const actual = await logits(await openReadModel(gpu, model, options));
    const expected = await asGguf;
    // A_log and the norms' 1 + w round once more in f32, and the layers carry that on.
    const worst = Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!)));
    expect(worst).toBeLessThan(1e-4);
    expect(meanKl(expected, actual, expected.length / ids.length)).toBeLessThan(1e-11);
  });

  // The two layouts that have formats of their own; what others become, made-models.gpu.test.ts multiplies
  // in.
  it.each([
    ["mlx 8", "language_model.model."],
    ["awq", "model."],
  ] as const)(
    "packed as %s gives the logits of the weights that it holds exactly",
    async (packing, prefix) => {
      const rounded = await openFolder(await makeSafetensors(gguf, { roundedAs: packing }));
      const packed = await openFolder(await makeSafetensors(gguf, { packing, prefix }));
      const expected = await logits(await openReadModel(gpu, rounded, options));
      const actual = await logits(await openReadModel(gpu, packed, options));
      expect(meanKl(expected, actual, expected.length / ids.length)).toBeLessThan(1e-11);
    },
  );

  // Random weights bear less rounding than trained ones: in f64, too, 8 bits cost 0.001 to 0.007 nats here
  // and 4 bits 0.12 to 0.15.
  it.each([
    ["q8", 0.02],
    ["q4", 0.3],
  ] as const)("quantized to %s while it streams stays within %d nats of f64", async (choice, bound) => {
    const model = await openFolder(await makeSafetensors(gguf, { type: "BF16" }));
    const reference = await readReferenceModel(memorySource(gguf));
    const expected = forward(reference, emptyState(model.config), ids);
    const chooseFormat = chooseFormatFor(choice, model.config);
    const actual = await logits(await openReadModel(gpu, model, { ...options, chooseFormat }));
    expect(meanKl(expected, actual, expected.length / ids.length)).toBeLessThan(bound);
  });
});
