import { expect, it } from "vitest";
import type { Gpu } from "../../../gpu/device";
import type { KernelCompiler } from "../../../gpu/kernel";
import { gpu } from "../../../../testing/gpu/gpu";
import { openNodeFile } from "../../../../testing/models/node-file";
import { readModelConfig } from "../../../weights/config/config";
import { readGguf } from "../../../weights/gguf/gguf";
import { decodeParts, partKey } from "../decode-parts";
import { decodeSubjects } from "./decode-product";
import { tune } from "./tune";
import { planWeights } from "../../weights/weights-plan";

const demo = new URL("../../../../../public/models/demo/demo.gguf", import.meta.url).pathname;
const file = await openNodeFile(demo);
const gguf = await readGguf(file);
const config = readModelConfig(gguf);
const all = decodeParts(config, planWeights(config, gguf, gpu.maxBindingBytes));
await file.close();
// The kernel that compiles fastest, for two lengths of a row.
const parts = all.filter(({ kind }) => kind === "residual-product");
const budgetMs = 120_000;

/** A device on which one of decode's parts is not what it should be. */
function withBroken(change: (source: string) => string): Gpu {
  const compile: KernelCompiler["compile"] = (spec) =>
    gpu.compiler.compile({
      ...spec,
      files: spec.files.map((text) => (typeof text === "string" ? change(text) : text)),
    });
  return { ...gpu, compiler: { device: gpu.device, compile } as KernelCompiler };
}

it("takes no time on a software adapter unless told to", async () => {
  expect((await tune(gpu, decodeSubjects(gpu, parts, "f32"), {})).size).toBe(0);
});

it("finds every candidate right, and remembers what is fastest", async () => {
  const stored = new Map<string, unknown>();
  const store = {
    get: (key: string) => Promise.resolve(stored.get(key)),
    set: (key: string, value: unknown) => Promise.resolve(void stored.set(key, structuredClone(value))),
  };
  const live = gpu.memory.liveBytes;
  const subjects = decodeSubjects(gpu, parts, "int8");
  const tuned = await tune(gpu, subjects, { store, budgetMs });
  expect(gpu.memory.liveBytes).toBe(live);
  expect([...tuned.keys()].sort()).toEqual([...new Set(parts.map(partKey))].sort());
  for (const { source, rejected, timings } of tuned.values()) {
    expect(source).toBe("measured");
    expect(rejected).toEqual([]);
    expect(timings.length).toBeGreaterThanOrEqual(4);
    expect(timings.some(({ choice }) => choice.sums === "subgroup")).toBe(true);
    const rounded = timings.flatMap(({ choice }) => choice.arithmetic ?? []);
    expect(rounded).toEqual(gpu.hasF16 ? ["f16", "int8"] : ["int8"]);
  }
  const again = await tune(gpu, subjects, { store, budgetMs });
  for (const [key, { source, choice }] of again) {
    expect(source).toBe("remembered");
    expect(choice).toEqual(tuned.get(key)!.choice);
  }
});

it("leaves out sums over subgroups that lose a lane's share, and says so", async () => {
  const broken = withBroken((source) =>
    source.replace("all + subgroupShuffleXor(all, 2u)", "all + subgroupShuffleXor(all, 1u)"),
  );
  const tuned = await tune(broken, decodeSubjects(broken, parts.slice(0, 1), "f32"), { budgetMs });
  expect(tuned.size).toBeGreaterThan(0);
  for (const { choice, rejected, timings } of tuned.values()) {
    expect(choice.sums).toBe("workgroup");
    expect(timings).toHaveLength(1);
    for (const { reason } of rejected) expect(reason).toContain("differs from the baseline");
  }
});
