import { expect, it } from "vitest";
import { ReferenceMemory } from "../../reference/memory/memory";
import { experiments } from "./experiments";
import { windowMatch } from "./memory";
import {
  ruleIds,
  type ExperimentId,
  type LabChart,
  type LabCurve,
  type LabRequest,
  type RuleId,
} from "./report";
import { packGates, tokenKinds } from "./rules";

const usual: LabRequest = { size: 16, mostPairs: 32, keys: "random", seed: 1, halfLife: null, window: 8 };
const nTrials = 4;

const ran = new Map<string, Promise<readonly LabChart[]>>();

/** A chart of f64; tests with the same request share a run. */
async function inF64(id: ExperimentId, changed: Partial<LabRequest> = {}): Promise<Chart> {
  const key = JSON.stringify(changed);
  const charts = ran.get(key) ?? runAll({ ...usual, ...changed });
  ran.set(key, charts);
  return new Chart((await charts).find(({ experiment }) => experiment === id)!);
}

async function runAll(request: LabRequest): Promise<readonly LabChart[]> {
  const charts: LabChart[] = [];
  for (const { pairs, run } of experiments(request, nTrials)) {
    const memory = new ReferenceMemory(
      pairs,
      packGates(request),
      ruleIds.length,
      tokenKinds.length,
      windowMatch,
    );
    charts.push(...(await run(memory, () => undefined)));
  }
  return charts;
}

class Chart {
  constructor(readonly chart: LabChart) {}

  /** Values of a curve at those x that `isMeant`. */
  of(
    rule: RuleId,
    measure: keyof Pick<LabCurve, "found" | "similarity" | "error">,
    isMeant = (_: number) => true,
  ) {
    const curve = this.chart.curves.find((one) => one.rule === rule && !one.hasWindow)!;
    return curve[measure].filter((_, i) => isMeant(this.chart.xs[i]!));
  }
}

const below = (lower: readonly number[], upper: readonly number[]) =>
  expect(
    lower.every((value, i) => value < upper[i]!),
    `${lower.join(" ")} below ${upper.join(" ")}`,
  ).toBe(true);
const atMost = (most: number) => (x: number) => x <= most;

it("random keys: linear attention errs by (N − 1) / size, the delta rule by less, as long as the state is not full", async () => {
  const capacity = await inF64("capacity");
  const few = atMost(usual.size);
  const linear = capacity.of("linear", "error");
  capacity.chart.xs.forEach((n, i) =>
    expect(linear[i]! / ((n - 1) / usual.size)).toBeCloseTo(1, n < 8 ? -1 : 0.5),
  );
  below(capacity.of("deltaNet", "error", few), capacity.of("linear", "error", few));
});

it("orthogonal keys: up to the state's size all is read back exactly, but for what decayed", async () => {
  const halfLife = 10;
  const chart = await inF64("capacity", { keys: "orthogonal", halfLife });
  const few = atMost(usual.size);
  for (const rule of ["linear", "deltaNet"] as const)
    expect(Math.max(...chart.of(rule, "error", few))).toBeLessThan(1e-12);
  for (const rule of ["linear", "deltaNet"] as const)
    expect(Math.min(...chart.of(rule, "found", few))).toBe(1);
  const ages = (n: number) => Array.from({ length: n }, (_, age) => (1 - 2 ** (-age / halfLife)) ** 2);
  const decayed = chart.chart.xs.filter(few).map((n) => ages(n).reduce((a, b) => a + b) / n);
  for (const rule of ["mamba2", "gatedDeltaNet"] as const)
    chart.of(rule, "error", few).forEach((error, i) => expect(error).toBeCloseTo(decayed[i]!, 6));
});

it("correlated keys: the delta rule errs by less than linear attention, for it takes out what keys share", async () => {
  const chart = await inF64("capacity", { keys: "correlated" });
  const some = (n: number) => n >= 4;
  below(chart.of("deltaNet", "error", some), chart.of("linear", "error", some));
});

it("without decay the gated rules are the ones without gates", async () => {
  const chart = await inF64("capacity");
  expect(chart.of("mamba2", "error")).toEqual(chart.of("linear", "error"));
  expect(chart.of("gatedDeltaNet", "error")).toEqual(chart.of("deltaNet", "error"));
  expect(chart.of("kimiDelta", "error")).toEqual(chart.of("deltaNet", "error"));
});

it("overwriting: a delta rule puts the new value in the old one's place, linear attention reads both", async () => {
  const chart = await inF64("overwriting", { keys: "orthogonal" });
  const few = atMost(usual.size);
  for (const rule of ["deltaNet", "gatedDeltaNet", "kimiDelta", "gatedDeltaNet2"] as const)
    expect(Math.max(...chart.of(rule, "error", few)), rule).toBeLessThan(1e-12);
  chart.of("linear", "error", few).forEach((error) => expect(error).toBeCloseTo(1, 6));
  expect(Math.max(...chart.of("linear", "found", few))).toBe(0); // as near to the old one
});

it("after a switch of context rules that can forget recall the new one better", async () => {
  const chart = await inF64("switch");
  const few = (n: number) => n >= 4 && n <= usual.size / 2; // before, what is left of the old one shows
  below(chart.of("mamba2", "error", few), chart.of("linear", "error", few));
  for (const rule of ["gatedDeltaNet", "kimiDelta"] as const)
    below(chart.of(rule, "error", few), chart.of("deltaNet", "error", few));
});

it("where theory orders rules, they find pairs in that order: after overwriting, and after a switch of context", async () => {
  const some = (n: number) => n >= 4 && n <= usual.size;
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const overwriting = await inF64("overwriting", { keys: "orthogonal" });
  const afterSwitch = await inF64("switch");
  const recall = (chart: Chart, rule: RuleId) => mean(chart.of(rule, "found", some));
  // A rule that only adds has the old value beside the new one; one that corrects has the new one alone.
  for (const rule of ["deltaNet", "gatedDeltaNet", "kimiDelta", "gatedDeltaNet2"] as const)
    expect(recall(overwriting, rule), rule).toBe(1);
  expect(recall(overwriting, "linear")).toBe(0);
  // Decay takes away what the context before left in the new one's way.
  expect(recall(afterSwitch, "mamba2")).toBeGreaterThan(recall(afterSwitch, "linear"));
  for (const rule of ["gatedDeltaNet", "kimiDelta"] as const)
    expect(recall(afterSwitch, rule), rule).toBeGreaterThan(recall(afterSwitch, "deltaNet"));
});

it("only rules with a decay per channel forget one context and keep what should last", async () => {
  const chart = await inF64("lasting", { keys: "orthogonal" });
  for (const rule of ["kimiDelta", "gatedDeltaNet2"] as const) {
    expect(Math.min(...chart.of(rule, "found")), rule).toBe(1);
    expect(Math.max(...chart.of("gatedDeltaNet", "found"))).toBe(0);
    for (const scalar of ["mamba2", "gatedDeltaNet", "comba"] as const)
      below(chart.of(rule, "error"), chart.of(scalar, "error"));
  }
});

it("a window beside the state finds all it holds, and leaves the rest to the state", async () => {
  const { chart } = await inF64("age", { mostPairs: 64 });
  const [alone, beside] = [false, true].map((hasWindow) =>
    chart.curves.find((one) => one.rule === "gatedDeltaNet" && one.hasWindow === hasWindow)!,
  );
  chart.xs.forEach((age, i) => {
    if (age <= usual.window) expect(beside!.error[i]).toBeLessThan(0.01);
    else expect(beside!.error[i]! / alone!.error[i]!).toBeCloseTo(1, 1);
  });
  below(
    beside!.error.slice(0, 2),
    alone!.error.slice(0, 2).map((error) => error + 0.01),
  );
});
