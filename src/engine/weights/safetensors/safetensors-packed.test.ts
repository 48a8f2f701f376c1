import { describe, expect, it } from "vitest";
import type { WeightType } from "../types/type-facts";
import { dequantize } from "../../../reference/weights/dequantize";
import { makeModel } from "../../../testing/models/make-model";
import { makeSafetensors } from "../../../testing/models/make-safetensors";
import { isMlxPacking, packings, type Packing } from "../../../testing/models/pack-safetensors";
import { memorySource } from "../../../testing/models/memory-source";
import type { ByteSource } from "../bytes/byte-source";
import { ReadAhead } from "../bytes/read-ahead";
import { openSafetensors, type SafetensorsModel } from "./safetensors-model";
import { expectedTensors, scaleName } from "../config/tensor-names";

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
  const scale = gguf.tensors.get(scaleName(name));
  const [factor] = scale ? new Float32Array((await source.read(scale.offset, 4)).buffer) : [1];
  return dequantize(type as WeightType, bytes).map((w) => Math.fround(w * factor!));
}

/** The file with a tensor's entry blanked out. */
function without(file: Uint8Array<ArrayBuffer>, name: string): Uint8Array<ArrayBuffer> {
  const headerBytes = Number(new DataView(file.buffer).getBigUint64(0, true));
  const text = new TextDecoder().decode(file.subarray(8, 8 + headerBytes));
  const header = JSON.parse(text) as Record<string, unknown>;
  expect(header).toHaveProperty([name]);
  delete header[name];
  const changed = file.slice();
  changed.set(new TextEncoder().encode(JSON.stringify(header).padEnd(headerBytes)), 8);
  return changed;
}

const typeOf: Readonly<Record<Packing, string>> = {
  "mlx 4": "Q4_1",
  "mlx 8": "MLX_Q8",
  "mlx mixed": "Q4_1",
  "mlx mxfp4": "MXFP4",
  "mlx mxfp8": "F32",
  "mlx nvfp4": "NVFP4",
  gptq: "Q4_0",
  "gptq 8": "Q8_0",
  "gptq zeros": "AWQ_Q4",
  "gptq act-order": "F32",
  awq: "AWQ_Q4",
  compressed: "Q4_0",
  "compressed zeros": "AWQ_Q4",
  "compressed 8": "Q8_0",
  "compressed int8": "Q8_0",
  "compressed fp8": "F32",
  "compressed fp8 whole": "F32",
  "compressed nvfp4": "NVFP4",
  "compressed mxfp4": "MXFP4",
  "compressed mxfp8": "F32",
  modelopt: "NVFP4",
  fp8: "F32",
};

// Value heads 2x the key heads, of 64: moved by rows and by columns, within groups of 128.
describe("a model", () => {
  const gguf = makeModel({ config: "nano", quant: "F32", seed: 5 });
  it.each(packings)(
    "packed as %s keeps every value",
    async (packing) => {
      const isMlx = isMlxPacking(packing);
      const packed = await open(
        await makeSafetensors(gguf, { packing, prefix: isMlx ? "language_model.model." : "model." }),
      );
      const plain = await open(await makeSafetensors(gguf, { roundedAs: packing }));
      expect(packed.gguf.tensors.get("blk.0.ssm_out.weight")!.type).toBe(typeOf[packing]);
      // A layer of each kind, and what is of no layer.
      const tensors = expectedTensors(plain.config).filter(({ layer }) => layer !== 1 && layer !== 2);
      for (const { name, kind } of tensors) {
        const [actual, expected] = [await values(packed, name), await values(plain, name)];
        // MLX's norms are stored with their 1: the other way round they lose a bit of f32. scale q + bias
        // rounds to f32 once.
        const tolerance =
          isMlx && !packing.startsWith("mlx mx") && packing !== "mlx nvfp4"
            ? kind === "matrix"
              ? 1e-7
              : 2e-7
            : isMlx && kind === "vector"
              ? 2e-7
              : 0;
        const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
        expect(worst, name).toBeLessThanOrEqual(tolerance);
      }
    },
    60_000,
  );

  it.each([
    ["mlx 4", "scales", /"model.layers.0.mlp.up_proj.weight" has /],
    ["mlx 4", "weight", /The codes of "model.layers.0.mlp.up_proj.weight" are missing; for 256 columns/],
    ["gptq", "qzeros", /Tensor "model.layers.0.mlp.up_proj.qzeros" \[2, 32\] is missing/],
    ["gptq act-order", "g_idx", /Tensor "model.layers.0.mlp.up_proj.g_idx" \[256\] is missing/],
    ["awq", "scales", /The scales of "model.layers.0.mlp.up_proj.weight" are missing/],
    ["compressed zeros", "weight_scale", /Tensor "model.layers.0.mlp.up_proj.weight" .* is missing/],
  ] as const)(
    "packed as %s without %j is refused by name",
    async (packing, absent, message) => {
      const files = await makeSafetensors(gguf, { packing, prefix: "model." });
      const name = `model.layers.0.mlp.up_proj.${absent}`;
      files.set("model.safetensors", without(files.get("model.safetensors")!, name));
      await expect(open(files)).rejects.toThrow(message);
    },
    60_000,
  );

  it("whose zeros are none of symmetric ones is refused when they are read", async () => {
    const files = await makeSafetensors(gguf, { packing: "gptq zeros", prefix: "model." });
    const config = new TextDecoder().decode(files.get("config.json")).replace('"sym": false', '"sym": true');
    const source = memorySource(files.get("model.safetensors")!);
    const model = await openSafetensors(source, config, "made");
    await expect(values(model, "blk.0.ffn_up.weight")).rejects.toThrow(
      /up_proj.qzeros" stores a zero of \d+/,
    );
  }, 60_000);
});

it("a matrix that is turned as a whole is read once, however far the loader reads ahead", async () => {
  const gguf = makeModel({ config: "nano", quant: "F32", seed: 5 });
  const files = await makeSafetensors(gguf, { packing: "gptq" });
  const config = new TextDecoder().decode(files.get("config.json"));
  const alone = await openSafetensors(memorySource(files.get("model.safetensors")!), config, "made");
  const file = memorySource(files.get("model.safetensors")!);
  let readBytes = 0;
  const counted: ByteSource = {
    sizeBytes: file.sizeBytes,
    async read(offset, length, buffer) {
      // reads do not end as they began
      for (let turns = offset % 7; turns > 0; turns--) await Promise.resolve();
      readBytes += length;
      return file.read(offset, length, buffer);
    },
  };
  const model = await openSafetensors(counted, config, "made");
  readBytes = 0;
  const tensors = [...model.gguf.tensors.values()];
  const ahead = new ReadAhead(model.source, tensors, undefined, 50_000);
  for (const { name, offset, sizeBytes } of tensors) {
    const bytes = new Uint8Array(sizeBytes);
    await ahead.into(bytes, offset);
    expect(bytes, name).toEqual(await alone.source.read(offset, sizeBytes));
  }
  expect(readBytes).toBeLessThan(1.05 * file.sizeBytes);
});
