import type { Gpu } from "../../../engine/gpu/device";
import { kvTypeFor, longestContext } from "../../../engine/runtime/memory-plan";
import type { ChooseFormat } from "../../../engine/runtime/weights/weights-plan";
import type { ModelConfig } from "../../../engine/weights/config/model-config";
import { stretched } from "../../../engine/weights/config/yarn";
import { memoryBudgetBytes } from "./memory-budget";
import { planModel, type PlannedFiles } from "./plan-model";
import type { LoadOptions, MemoryPlan, PlanOptions } from "../../rpc/protocol/load";

// Long enough for most documents; 0.8B keeps 200 MB of KV for it. The person can choose more.
const USUAL_CONTEXT = 16_384;
const SHORTEST_CONTEXT = 2048;

/** The device as a plan sees it. */
type PlannedDevice = Pick<Gpu, "maxBindingBytes" | "hasF16" | "hasInt8Dot">;

/** GPU memory at a context, cut to what the model and the device allow, and the formats of its weights. */
export function planLoad(
  gpu: PlannedDevice,
  header: PlannedFiles,
  { contextLength, quantize = null, kv, yarn = null, int8 = false }: LoadOptions,
): { readonly plan: MemoryPlan; readonly chooseFormat: ChooseFormat } {
  const config = stretched(header.config, yarn);
  const capacity = fittingContext(config, contextLength);
  const { plan, chooseFormat, hasCodes } = planModel(header, {
    contextLength: capacity,
    quantize,
    maxBindingBytes: gpu.maxBindingBytes,
    kv: kvTypeFor(kv, capacity),
    yarn: config === header.config ? null : yarn,
    budgetBytes: memoryBudgetBytes(),
  });
  const precision: MemoryPlan["precision"] =
    int8 && hasCodes && gpu.hasInt8Dot ? "int8" : gpu.hasF16 ? "f16" : "f32";
  return { plan: { ...plan, precision }, chooseFormat };
}

/**
 * The memory that a model would use: with the context that was chosen or, where none was, with the usual one,
 * halved until the plan fits the budget.
 */
export function planFitting(
  gpu: PlannedDevice,
  header: PlannedFiles,
  { contextLength: chosen, ...options }: PlanOptions,
): MemoryPlan {
  const planAt = (contextLength: number) => planLoad(gpu, header, { ...options, contextLength }).plan;
  if (chosen !== null) return planAt(chosen);
  let contextLength = Math.min(USUAL_CONTEXT, header.config.contextLength);
  let plan = planAt(contextLength);
  while (plan.totalBytes > plan.budgetBytes && contextLength > SHORTEST_CONTEXT) {
    contextLength = Math.max(SHORTEST_CONTEXT, contextLength >> 1);
    plan = planAt(contextLength);
  }
  return plan;
}

/** A context as near to the wanted one as the model has. */
export function fittingContext(config: ModelConfig, contextLength: number): number {
  return Math.max(1, Math.min(contextLength, longestContext(config)));
}
