import { expect, it } from "vitest";
import type { Gpu } from "../../../gpu/device";
import type { KernelCompiler } from "../../../gpu/kernel";
import { gpu } from "../../../../testing/gpu/gpu";
import { openNodeFile } from "../../../../testing/models/node-file";
import { readModelConfig } from "../../../weights/config/config";
import { readGguf } from "../../../weights/gguf/gguf";
import { shapeKey } from "../prefill-products";
import { matmulSubjects, shapesOf } from "./matmul";
import { tune, type TunerStore } from "./tune";
import { compileTunedMatmul } from "./tuned-kernels";
import { planWeights } from "../../weights/weights-plan";

const demo = new URL("../../../../../public/models/demo/demo.gguf", import.meta.url).pathname;
const file = await openNodeFile(demo);
const gguf = await readGguf(file);
const whole = planWeights(readModelConfig(gguf), gguf, gpu.maxBindingBytes);
await file.close();
// Two layers' largest matrices: two shapes, compiled once.
const plan = {
  ...whole,
  matrices: whole.matrices.filter(({ expected }) => ["gateProj", "downProj"].includes(expected.role)),
};
const subjects = matmulSubjects(gpu, plan, "f32");
const budgetMs = 120_000;

/** Kernels of tiles of 64 × 64 are not what they should be. */
function withBroken(change: (source: string) => string): Gpu {
  const compile: KernelCompiler["compile"] = (spec) =>
    gpu.compiler.compile(
      spec.label.includes("64×64") ? { ...spec, files: spec.files.map((f) => change(f as string)) } : spec,
    );
  return { ...gpu, compiler: { device: gpu.device, compile } as KernelCompiler };
}

it("takes no time on a software adapter unless told to", async () => {
  const products = await tune(gpu, subjects, {});
  expect(products.size).toBe(0);
});

it("measures each shape once, and remembers", async () => {
  const stored = new Map<string, unknown>();
  const store: TunerStore = {
    get: (key) => Promise.resolve(stored.get(key)),
    set: (key, value) => Promise.resolve(void stored.set(key, structuredClone(value))),
  };
  const live = gpu.memory.liveBytes;
  const products = await tune(gpu, subjects, { budgetMs, store });
  expect(gpu.memory.liveBytes).toBe(live);
  expect([...products.keys()].sort()).toEqual([...new Set(plan.matrices.map(shapeKey))].sort());
  for (const { source, rejected } of products.values()) {
    expect(source).toBe("measured");
    expect(rejected).toEqual([]); // all candidates give the baseline's numbers here
  }
  const again = await tune(gpu, subjects, { budgetMs, store });
  for (const [key, product] of again) {
    expect(product.source).toBe("remembered");
    expect(product.choice).toEqual(products.get(key)!.choice);
  }
  const matmulOf = await compileTunedMatmul(gpu.compiler, shapesOf(plan), again);
  expect(matmulOf(plan.matrices[0]!)).toBeTypeOf("function");
  expect(matmulOf({ format: "F32", nRows: 1, k: 32 })).toBeUndefined();
});

it("does not take up a stored choice that is no candidate", async () => {
  const store: TunerStore = {
    get: () => Promise.resolve({ arithmetic: "f32", tile: { rows: 8, tokens: 8, stageSpans: 1 } }),
    set: () => Promise.resolve(),
  };
  const products = await tune(gpu, subjects, { budgetMs, store });
  expect([...products.values()].map(({ source }) => source)).toEqual(["measured", "measured"]);
});

it("leaves out a candidate that is wrong in one row, and says so", async () => {
  const broken = withBroken((source) => source.replace("tile_multiply(r.row_5", "tile_multiply(r.row_4"));
  const products = await tune(broken, matmulSubjects(broken, plan, "f32"), { budgetMs });
  for (const { choice, rejected } of products.values()) {
    expect(choice.tile).not.toEqual({ rows: 64, tokens: 64, stageSpans: 1 });
    expect(rejected.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("differs from the baseline"),
    ]);
  }
});

it("leaves out a candidate that does not compile", async () => {
  const broken = withBroken((source) => source.replace("fn main(", "fn main(("));
  const onError = gpu.device.onuncapturederror;
  gpu.device.onuncapturederror = null; // the test's device throws what validation says
  const products = await tune(broken, matmulSubjects(broken, plan, "f32"), { budgetMs });
  gpu.device.onuncapturederror = onError;
  for (const { rejected } of products.values()) expect(rejected).toHaveLength(1);
});

it("stops when its time is spent", async () => {
  const products = await tune(gpu, subjects, { budgetMs: 1e-3 });
  expect(products.size).toBe(0);
});
