import { describeGpu, type EngineReport } from "../instruments/debug/engine-report";
import { planLayers } from "../instruments/debug/layer-plan";
import { linesOf } from "../instruments/debug/memory-lines";
import type { Gpu } from "../engine/gpu/device";
import type { LoadedWeights } from "../engine/runtime/load";
import { kvTypeFor } from "../engine/runtime/memory-plan";
import { STEPS_IN_FLIGHT } from "../engine/runtime/session";
import { kvBytesPerToken } from "../engine/runtime/shape/sizes";
import type { TunedChoices } from "../engine/runtime/compile/tuner/tune";
import { stretched } from "../engine/weights/config/yarn";
import type { PlannedTarget } from "./models/plan/plan-target";
import type { LayerPlanReport, MemoryReport } from "./rpc/protocol/inspect";
import type { LoadedModel, LoadOptions } from "./rpc/protocol/load";
import type { Running } from "./chat/running-model";

/** The device, and how it is doing. */
export function reportEngine(gpu: Gpu, running: Running | null): EngineReport {
  const steps = running && { inFlight: running.session.stepsInFlight, most: STEPS_IN_FLIGHT };
  return { ...describeGpu(gpu), steps };
}

/** Reports what lives on the GPU; without one, nothing. */
export function reportMemory(gpu: Gpu | null, running: Running | null): MemoryReport {
  return {
    lines: linesOf(gpu?.memory.rows() ?? []),
    liveBytes: gpu?.memory.liveBytes ?? 0,
    peakBytes: gpu?.memory.peakBytes ?? 0,
    context: running && {
      model: running.id,
      usedTokens: running.session.length,
      contextLength: running.contextLength,
      kvUsedBytesPerLayer:
        2 * running.session.length * kvBytesPerToken(running.header.config, running.session.model.kvType),
    },
  };
}

/** The plan by layer, as the device binds memory. */
export function reportPlan(
  { maxBindingBytes }: Gpu,
  { config, isUsualMix, weightsOn }: PlannedTarget,
  { contextLength, kv, yarn = null }: LoadOptions,
): LayerPlanReport {
  const kvTypeAt = (length: number) => kvTypeFor(kv, length);
  const { weights, quantize } = weightsOn(maxBindingBytes);
  const plan = planLayers(stretched(config, yarn), weights, contextLength, maxBindingBytes, kvTypeAt);
  return { ...plan, isUsualMix, quantize };
}

/** Describes what was measured of kernels when the weights were loaded. */
export function describeTuning(tuning: LoadedWeights["tuning"]): LoadedModel["tuned"] {
  const kinds: readonly TunedChoices<unknown>[] = Object.values(tuning);
  return kinds.flatMap((found) =>
    [...found].map(([shape, { name, source, timings, rejected }]) => ({
      shape,
      choice: name,
      source,
      timings: timings.map(({ name: choice, milliseconds }) => ({ choice, milliseconds })),
      rejected: rejected.map(({ name: choice, reason }) => ({ choice, reason })),
    })),
  );
}
