import { describeGpu, type EngineReport } from "../debug/engine-report";
import { planLayers } from "../debug/layer-plan";
import { linesOf } from "../debug/memory-lines";
import type { Gpu } from "../gpu/device";
import { nameOfDecode } from "../runtime/decode-choice";
import type { LoadedWeights } from "../runtime/load";
import { kvTypeFor } from "../runtime/memory-plan";
import { STEPS_IN_FLIGHT } from "../runtime/session";
import { kvBytesPerToken } from "../runtime/sizes";
import { nameOf } from "../runtime/tuner";
import { nameOfForm } from "../runtime/tuner-delta-rule";
import type { Measured } from "../runtime/tuner-measure";
import { stretched } from "../weights/yarn";
import type { PlannedTarget } from "./plan-target";
import type { LayerPlanReport, LoadedModel, LoadOptions, MemoryReport } from "./protocol";
import type { Running } from "./running-model";

/** The device, and how it is doing. */
export function reportEngine(gpu: Gpu, running: Running | null): EngineReport {
  const steps = running && { inFlight: running.session.stepsInFlight, most: STEPS_IN_FLIGHT };
  return { ...describeGpu(gpu), steps };
}

/** What lives on the GPU; without one, nothing. */
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

/** What was measured of kernels when the weights were loaded. */
export function describeTuning({
  products,
  decode,
  deltaRule,
}: LoadedWeights["tuning"]): LoadedModel["tuned"] {
  return [
    ...[...decode].map(([shape, tuned]) => described(shape, tuned, nameOfDecode)),
    ...[...products].map(([shape, tuned]) => described(shape, tuned, nameOf)),
    ...(deltaRule ? [described(`delta rule ${deltaRule.shape}`, deltaRule, nameOfForm)] : []),
  ];
}

function described<Choice>(
  shape: string,
  tuned: Measured<Choice> & Pick<LoadedModel["tuned"][number], "source">,
  name: (choice: Choice) => string,
): LoadedModel["tuned"][number] {
  return {
    shape,
    choice: name(tuned.choice),
    source: tuned.source,
    timings: tuned.timings.map(({ choice, milliseconds }) => ({ choice: name(choice), milliseconds })),
    rejected: tuned.rejected.map(({ choice, reason }) => ({ choice: name(choice), reason })),
  };
}
