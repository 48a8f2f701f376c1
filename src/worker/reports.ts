import { describeGpu, type EngineReport } from "../instruments/debug/engine-report";
import { planLayers } from "../instruments/debug/layer-plan";
import { linesOf } from "../instruments/debug/memory-lines";
import type { Gpu } from "../engine/gpu/device";
import { nameOfDecode } from "../engine/runtime/compile/decode-mapping";
import type { LoadedWeights } from "../engine/runtime/load";
import { kvTypeFor } from "../engine/runtime/memory-plan";
import { STEPS_IN_FLIGHT } from "../engine/runtime/session";
import { kvBytesPerToken } from "../engine/runtime/shape/sizes";
import { nameOf } from "../engine/runtime/compile/tuner/tune";
import { nameOfForm } from "../engine/runtime/compile/tuner/tuner-delta-rule";
import type { Measured } from "../engine/runtime/compile/tuner/measure";
import { stretched } from "../engine/weights/config/yarn";
import type { PlannedTarget } from "./models/plan-target";
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
