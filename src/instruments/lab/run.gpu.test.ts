import { expect, it } from "vitest";
import { ReferenceMemory } from "../../reference/memory/memory";
import { gpu } from "../../testing/gpu/gpu";
import { experiments } from "./experiments";
import { windowMatch } from "./memory";
import { ruleIds, type KeyKind, type LabChart, type LabProgress, type LabRequest } from "./report";
import { packGates, tokenKinds } from "./rules";
import { runLab } from "./run";

const nTrials = 2;
const request = (keys: KeyKind): LabRequest => ({
  size: 16,
  mostPairs: 24,
  keys,
  seed: 3,
  halfLife: 20,
  window: 10,
});

it.each(["random", "orthogonal", "correlated"] as const)(
  "curves of %s keys are those of f64, within rounding",
  async (keys) => {
    const live = gpu.memory.liveBytes;
    const { charts } = await runLab(gpu, request(keys), { nTrials });
    expect(gpu.memory.liveBytes).toBe(live);
    const expected: LabChart[] = [];
    for (const { pairs, run } of experiments(request(keys), nTrials)) {
      const gates = packGates(request(keys));
      const memory = new ReferenceMemory(pairs, gates, ruleIds.length, tokenKinds.length, windowMatch);
      expected.push(...(await run(memory, () => undefined)));
    }
    expect(charts.map(({ experiment }) => experiment)).toEqual(expected.map(({ experiment }) => experiment));
    charts.forEach(({ curves }, i) =>
      curves.forEach((curve, j) => {
        const reference = expected[i]!.curves[j]!;
        curve.found.forEach((found, x) => {
          expect(Math.abs(curve.similarity[x]! - reference.similarity[x]!)).toBeLessThan(2e-5);
          expect(Math.abs(curve.error[x]! - reference.error[x]!)).toBeLessThan(
            2e-5 * Math.max(1, reference.error[x]!),
          );
          // A pair read as near to two values goes either way by rounding: at most one of a point.
          expect(Math.abs(found - reference.found[x]!)).toBeLessThanOrEqual(1 / nTrials / 2 + 1e-9);
        });
      }),
    );
  },
);

it("tells how far it is with the charts so far, and stops between two points", async () => {
  const controller = new AbortController();
  const seen: LabProgress[] = [];
  const onProgress = (progress: LabProgress) => {
    seen.push(progress);
    if (progress.charts.length === 1) controller.abort();
  };
  const live = gpu.memory.liveBytes;
  const run = runLab(gpu, request("random"), { nTrials: 1, onProgress, signal: controller.signal });
  await expect(run).rejects.toMatchObject({ code: "cancelled" });
  expect(gpu.memory.liveBytes).toBe(live);
  expect(seen.at(-1)!.charts[0]!.experiment).toBe("capacity");
  expect(seen.map(({ done }) => done)).toEqual(seen.map((_, i) => i));
  expect(seen.at(-1)!.done).toBeLessThan(seen.at(-1)!.total);
});
