import { describe, expect, it } from "vitest";
import { gpu } from "../../../testing/gpu/gpu";
import { MutatingCompiler } from "../../../testing/gpu/mutating-compiler";
import { goldenPath } from "../../../testing/models/golden";
import { makeModel } from "../../../testing/models/make-model";
import { memorySource } from "../../../testing/models/memory-source";
import { openNodeFile } from "../../../testing/models/node-file";
import type { Gpu } from "../../gpu/device";
import type { Precision } from "../compile/prefill-products";
import type { TunerStore } from "../compile/tuner/tune";
import { readGguf } from "../../weights/gguf/gguf";
import { openModel } from "../open-model";
import { checkOnce } from "./remembered";
import { checkNumbers, relativeDifference } from "./self-check";

/** The check as a real GPU has it, of all 37 tokens. */
const asHardware = (device: Gpu): Gpu => ({ ...device, isSoftware: false });

async function checked(device: Gpu, precision: Precision = "f32", model = "nano-F32.gguf") {
  const file = await openNodeFile(goldenPath(model));
  const open = await openModel(device, file, { contextLength: 96, precision });
  try {
    return await checkNumbers(asHardware(device), open.model);
  } finally {
    open.dispose();
    await file.close();
  }
}

describe("right kernels", () => {
  it.each(["nano-F32.gguf", "nano-MIX.gguf", "heads-MIX.gguf"])(
    "of %s agree far below the bound",
    async (model) => {
      const check = await checked(gpu, "f32", model);
      expect(check).toMatchObject({ isRight: true, nTokens: 37, from: null });
      expect(check.difference).toBeLessThan(1e-4);
    },
  );

  it("agree in every precision that the device has", async () => {
    const precisions = [
      ...(gpu.hasF16 ? ["f16" as const] : []),
      ...(gpu.hasInt8Dot ? ["int8" as const] : []),
    ];
    for (const precision of precisions) {
      const check = await checked(gpu, precision, "nano-MIX.gguf");
      expect(check.isRight, `${precision}: ${check.difference}`).toBe(true);
      expect(check.difference).toBeLessThan(precision === "f16" ? 0.02 : 0.1);
    }
  });
});

describe("a kernel that is wrong on this device is caught", () => {
  it.each([
    [
      "decode groups heads where it should tile them",
      "head % params.n_key_heads",
      "head / (params.n_value_heads / params.n_key_heads)",
    ],
    ["decode loses the last key", "step.kv_length + 1u,", "max(1u, step.kv_length),"],
    ["decode's state does not decay", "let alpha = exp(gates[head] *", "let alpha = exp(0.0 *"],
    ["decode's ring is a slot late", "ring[((now + 3u) & 3u)", "ring[((now + 2u) & 3u)"],
    ["decode forgets the norm", "* norm_scale()", ""],
    ["decode leaves a residual add out", "value = hidden[at] + row_sum", "value = row_sum"],
    [
      "prefill's state does not decay",
      "exp(gates[head] * softplus(projected",
      "exp(0.0 * softplus(projected",
    ],
    [
      "prefill loses the last key",
      "max(step.kv_length + rows / GROUP + 1u, first)",
      "max(max(vec4<u32>(1u), step.kv_length + rows / GROUP), first)",
    ],
  ])("%s", async (_, from, to) => {
    const compiler = new MutatingCompiler(from, to);
    const check = await checked({ ...gpu, compiler });
    expect(compiler.nReplaced).toBeGreaterThan(0);
    expect(check.isRight).toBe(false);
    expect(check.from).toMatch(/^layer \d+$/);
  });
});

it("remembers what was right for the same kernels, and nothing that was wrong", async () => {
  const stored = new Map<string, unknown>();
  const store: TunerStore = {
    get: (key) => Promise.resolve(stored.get(key)),
    set: (key, value) => Promise.resolve(void stored.set(key, value)),
  };
  const file = await openNodeFile(goldenPath("nano-F32.gguf"));
  const right = await openModel(gpu, file, { contextLength: 96, precision: "f32" });
  expect(await checkOnce(gpu, right.model, store)).toMatchObject({ isRight: true, isRemembered: false });
  expect(await checkOnce(gpu, right.model, store)).toMatchObject({ isRight: true, isRemembered: true });
  right.dispose();
  const compiler = new MutatingCompiler("value = hidden[at] + row_sum", "value = row_sum");
  const device = { ...gpu, compiler };
  const wrong = await openModel(device, file, { contextLength: 96, precision: "f32" });
  for (let visit = 0; visit < 2; visit++)
    expect(await checkOnce(device, wrong.model, store)).toMatchObject({
      isRight: false,
      isRemembered: false,
    });
  expect(stored.size).toBe(1);
  wrong.dispose();
  await file.close();
});

it("blames no device for a model whose own weights are no numbers, and remembers nothing of it", async () => {
  const bytes = makeModel({ config: "nano", quant: "F32", seed: 505 });
  const { tensors } = await readGguf(memorySource(bytes));
  const norm = tensors.get("output_norm.weight")!;
  new DataView(bytes.buffer, bytes.byteOffset).setFloat32(norm.offset + 8, NaN, true);
  const open = await openModel(gpu, memorySource(bytes), { contextLength: 64, precision: "f32" });
  const stored: string[] = [];
  const store: TunerStore = {
    get: () => Promise.resolve(undefined),
    set: (key) => Promise.resolve(void stored.push(key)),
  };
  expect(await checkOnce(gpu, open.model, store)).toMatchObject({ isRight: true, difference: NaN });
  expect(stored).toEqual([]);
  open.dispose();
});

it("takes no number for a wrong one", () => {
  expect(relativeDifference(new Float32Array([1, 2]), new Float32Array([1, NaN]))).toBe(Infinity);
  expect(relativeDifference(new Float32Array([0, 0]), new Float32Array([0, 0]))).toBe(Infinity);
  expect(relativeDifference(new Float32Array([3, 4]), new Float32Array([3, 4.5]))).toBeCloseTo(0.1);
});
