import { describe, expect, it } from "vitest";
import { dequantize, type DequantizableType } from "../reference/dequantize";
import { makeModel } from "../testing/make-model";
import { makeSafetensors } from "../testing/make-safetensors";
import { memorySource } from "../testing/memory-source";
import { openSafetensors, type SafetensorsModel } from "./safetensors-model";
import { expectedTensors } from "./tensor-names";

async function open(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Promise<SafetensorsModel> {
  const source = memorySource(files.get("model.safetensors")!);
  return openSafetensors(source, new TextDecoder().decode(files.get("config.json")), "made");
}

async function values({ gguf, source }: SafetensorsModel, name: string): Promise<Float64Array> {
  const { type, offset, sizeBytes } = gguf.tensors.get(name)!;
  // In pieces that end within rows, as the loader cuts them.
  const bytes = new Uint8Array(sizeBytes);
  for (let at = 0; at < sizeBytes; at += 36_000)
    bytes.set(await source.read(offset + at, Math.min(36_000, sizeBytes - at)), at);
  return dequantize(type as DequantizableType, bytes);
}

// Value heads 2x the key heads: moved by rows and by columns.
describe("a model", () => {
  const gguf = makeModel({ config: "heads", quant: "F32", seed: 5 });
  it.each([
    ["mlx", "Q4_1"],
    ["gptq", "Q4_0"],
    ["fp8", "F32"],
  ] as const)(
    "packed as %s keeps every value, as %s",
    async (packing, type) => {
      const packed = await open(
        await makeSafetensors(gguf, {
          packing,
          prefix: packing === "mlx" ? "language_model.model." : "model.",
        }),
      );
      const plain = await open(await makeSafetensors(gguf, { roundedAs: packing }));
      expect(packed.gguf.tensors.get("blk.0.ssm_out.weight")!.type).toBe(type);
      for (const { name, kind } of expectedTensors(plain.config)) {
        const [actual, expected] = [await values(packed, name), await values(plain, name)];
        // MLX's norms are stored with their 1: the other way round they lose a bit of f32. scale q + bias rounds to f32 once.
        const tolerance = packing === "mlx" ? (kind === "matrix" ? 1e-7 : 2e-7) : 0;
        const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
        expect(worst, name).toBeLessThanOrEqual(tolerance);
      }
    },
    60_000,
  );
});
