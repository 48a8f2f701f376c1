import { CancelledError } from "../../ground/errors";
import type { Gpu } from "../../engine/gpu/device";
import { experiments, pairCounts } from "./experiments";
import { compileMemory, GpuMemoryBank } from "./gpu-memory";
import type { LabChart, LabProgress, LabRequest, LabResult } from "./report";
import { packGates } from "./rules";
import { t } from "../../language/language";

/** Repetitions with other pairs: a CPU that pretends to be a GPU gets fewer. */
const TRIALS = 16;
const SOFTWARE_TRIALS = 4;

export interface LabOptions {
  readonly nTrials?: number;
  readonly onProgress?: (progress: LabProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Runs the lab's experiments, one after another.
 *
 * @throws CancelledError  when `signal` aborts, between two points of a curve
 */
export async function runLab(gpu: Gpu, request: LabRequest, options: LabOptions = {}): Promise<LabResult> {
  const { nTrials = gpu.isSoftware ? SOFTWARE_TRIALS : TRIALS, onProgress, signal } = options;
  const started = performance.now();
  const charts: LabChart[] = [];
  const total = 3 * pairCounts(request.mostPairs).length + 1;
  let done = 0;
  const next = () => {
    if (signal?.aborted) throw new CancelledError();
    onProgress?.({ done: done++, total, charts: [...charts] });
  };
  const kernels = await compileMemory(gpu);
  const gates = packGates(request);
  for (const { pairs, run } of experiments(request, nTrials)) {
    const scope = gpu.memory.scope();
    try {
      const memory = await gpu.memory.checked(
        t("{nTokens} pairs in {nTrials} trials", { nTokens: pairs.nTokens, nTrials }),
        () => new GpuMemoryBank(gpu, scope, kernels, pairs, gates),
      );
      charts.push(...(await run(memory, next)));
    } finally {
      scope.dispose();
    }
  }
  return { request, nTrials, charts, elapsedMs: performance.now() - started };
}
