import { chooseFormatFor } from "../../../engine/runtime/weights/choose-format";
import { isPlain } from "../../../engine/weights/types/type-facts";
import { kvTypeFor, planMemory } from "../../../engine/runtime/memory-plan";
import {
  planWeights,
  someHaveCodes,
  transcodedIn,
  type ChooseFormat,
} from "../../../engine/runtime/weights/weights-plan";
import { quantizeChoices, type QuantizeChoice } from "../../../ground/quantize-choice";
import type { KvType } from "../../../ground/kv-type";
import { expectedTensors } from "../../../engine/weights/config/tensor-names";
import type { OpenedFiles } from "../../../engine/weights/model-files";
import type { MemoryPlan, QuantizePlan } from "../../rpc/protocol/load";

export interface PlanOptions {
  readonly contextLength: number;
  /**
   * The choice for plain weights of safetensors; `null`: 8 bits where that fits the budget, else the 4-bit
   * mix.
   */
  readonly quantize: QuantizeChoice | null;
  /** The type of keys and values; the context's length decides unless it is given. */
  readonly kv?: KvType;
  readonly yarn?: number | null;
  readonly maxBindingBytes: number;
  readonly budgetBytes: number;
}

/** The parts of a header that a plan is made from. */
export type PlannedFiles = Pick<OpenedFiles, "format" | "gguf" | "config">;

/** All that does not depend on the device's arithmetic. */
type BytesPlan = Omit<MemoryPlan, "precision">;

export interface PlannedModel {
  readonly plan: BytesPlan;
  readonly chooseFormat: ChooseFormat;
  /** Some of its matrices can be multiplied in 8 bits. */
  readonly hasCodes: boolean;
}

/** A model's memory at a context. The weights of a GGUF keep their values. */
export function planModel(header: PlannedFiles, options: PlanOptions): PlannedModel {
  const plainType = header.format === "safetensors" ? plainTypeOf(header) : undefined;
  if (plainType === undefined) return planWith(header, "none", options);
  const plans = quantizeChoices.map((choice) => ({ choice, ...planWith(header, choice, options) }));
  const of = (choice: QuantizeChoice) => plans.find((planned) => planned.choice === choice)!;
  const fits = ({ plan }: PlannedModel) => plan.totalBytes <= options.budgetBytes;
  const { choice, plan, ...others } =
    options.quantize !== null ? of(options.quantize) : fits(of("q8")) ? of("q8") : of("q4");
  const choices = plans.map((planned) => ({ choice: planned.choice, totalBytes: planned.plan.totalBytes }));
  const quantize: QuantizePlan = { choice, plainType, choices };
  return { plan: { ...plan, quantize }, ...others };
}

function planWith(
  { config, gguf }: PlannedFiles,
  choice: QuantizeChoice,
  {
    contextLength,
    kv = kvTypeFor(null, contextLength),
    yarn = null,
    maxBindingBytes,
    budgetBytes,
  }: PlanOptions,
): PlannedModel {
  const chooseFormat = chooseFormatFor(choice, config);
  const weights = planWeights(config, gguf, maxBindingBytes, chooseFormat);
  const rows = planMemory(config, weights, contextLength, maxBindingBytes, kv, budgetBytes);
  const totalBytes = rows.reduce((sum, { bytes }) => sum + bytes, 0);
  const sizes = { rows, totalBytes, budgetBytes };
  const plan = { contextLength, kv, yarn, transcoded: transcodedIn(weights), ...sizes };
  return { plan: { ...plan, quantize: null }, chooseFormat, hasCodes: someHaveCodes(weights) };
}

// A model that is quantized already keeps a few small matrices plain: not worth a question.
const notableShare = 0.05;

/** The type of most bytes among matrices that are stored as plain numbers; undefined where they are few. */
function plainTypeOf({ config, gguf }: PlannedFiles): string | undefined {
  const matrices = expectedTensors(config)
    .filter(({ kind }) => kind === "matrix")
    .map(({ name }) => gguf.tensors.get(name)!); // readModelConfig has checked that it is there
  const bytesOf = (isMeant: (type: string) => boolean) =>
    matrices.reduce((sum, { type, sizeBytes }) => sum + (isMeant(type) ? sizeBytes : 0), 0);
  if (bytesOf(isPlain) < notableShare * bytesOf(() => true)) return undefined;
  const types = [...new Set(matrices.map(({ type }) => type).filter(isPlain))];
  return types.toSorted((a, b) => bytesOf((type) => type === b) - bytesOf((type) => type === a))[0];
}
