import { expect, it } from "vitest";
import type { Gpu } from "../../../gpu/device";
import type { KernelCompiler } from "../../../gpu/kernel";
import { gpu } from "../../../../testing/gpu/gpu";
import { deltaRuleFormNames } from "../../../kernels/delta-net/delta-rule-forms";
import { deltaRuleSubjects } from "./delta-rule";
import { tune, type TuneOptions } from "./tune";

const deltaNet = { nKeyHeads: 1, nValueHeads: 2, keyDim: 64, valueDim: 32, convKernel: 4 };
const budgetMs = 120_000;

/** A device on which the kernels of blocks are not what they should be. */
function withBroken(change: (source: string) => string): Gpu {
  const compile: KernelCompiler["compile"] = (spec) =>
    gpu.compiler.compile(
      spec.label === "delta-rule" ? spec : { ...spec, files: spec.files.map((f) => change(f as string)) },
    );
  return { ...gpu, compiler: { device: gpu.device, compile } as KernelCompiler };
}

async function tuneDeltaRule(on: Gpu, options: TuneOptions) {
  const tuned = await tune(on, deltaRuleSubjects(on, deltaNet), options);
  return tuned.get("delta rule 2 heads on 1, 64×32") ?? null;
}

it("takes no time on a software adapter unless told to", async () => {
  expect(await tuneDeltaRule(gpu, {})).toBeNull();
});

it("finds blocks right, and remembers what is faster", async () => {
  const stored = new Map<string, unknown>();
  const store = {
    get: (key: string) => Promise.resolve(stored.get(key)),
    set: (key: string, value: unknown) => Promise.resolve(void stored.set(key, structuredClone(value))),
  };
  const live = gpu.memory.liveBytes;
  const tuned = await tuneDeltaRule(gpu, { store, budgetMs });
  expect(gpu.memory.liveBytes).toBe(live);
  expect(tuned).toMatchObject({ source: "measured", rejected: [] });
  expect(tuned!.timings.map(({ choice }) => choice)).toEqual(deltaRuleFormNames);
  for (const { milliseconds } of tuned!.timings) expect(milliseconds).toBeGreaterThan(0);
  expect(await tuneDeltaRule(gpu, { store, budgetMs })).toMatchObject({
    source: "remembered",
    choice: tuned!.choice,
  });
  stored.forEach((_, key) => stored.set(key, "by halves"));
  expect(await tuneDeltaRule(gpu, { store, budgetMs })).toMatchObject({ source: "measured" });
});

it.each([
  ["in what is read", (source: string) => source.replace("let q_row = ", "let q_row = 1.01 * ")],
  ["in the state", (source: string) => source.replace("to_end * scale)", "1.01 * to_end * scale)")],
])("leaves out blocks that are wrong %s, and says so", async (_, change) => {
  const tuned = await tuneDeltaRule(withBroken(change), { budgetMs });
  expect(tuned!.choice).not.toBe("blocks");
  expect(tuned!.rejected).toEqual([
    {
      choice: "blocks",
      name: "by blocks",
      reason: expect.stringContaining("differs from the baseline") as string,
    },
  ]);
});

it("stops when its time is spent", async () => {
  expect(await tuneDeltaRule(gpu, { budgetMs: 1e-3 })).toBeNull();
});
