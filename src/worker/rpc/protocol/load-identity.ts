import type { MemoryPlan } from "./load";
import type { ModelId } from "./model";

/** The choices that a load's result depends on. */
export interface LoadIdentity extends Pick<MemoryPlan, "precision" | "kv" | "yarn" | "contextLength"> {
  readonly id: ModelId;
  /** The format its plain weights became; `null` where there was nothing to choose. */
  readonly quantize: NonNullable<MemoryPlan["quantize"]>["choice"] | null;
}

/**
 * The part that has to be made anew where a choice differs: the weights with their kernels, or the context
 * alone.
 */
const madeAnew: Readonly<Record<keyof LoadIdentity, "weights" | "context">> = {
  id: "weights",
  quantize: "weights",
  precision: "weights",
  kv: "context",
  yarn: "context",
  contextLength: "context",
};

export function identityOf(
  id: ModelId,
  {
    quantize,
    precision,
    kv,
    yarn,
    contextLength,
  }: Omit<LoadIdentity, "id" | "quantize"> & Pick<MemoryPlan, "quantize">,
): LoadIdentity {
  return { id, quantize: quantize?.choice ?? null, precision, kv, yarn, contextLength };
}

/** Returns whether what one load made, or that part of it, is what another one would make. */
export function isSameLoad(a: LoadIdentity, b: LoadIdentity, part?: "weights" | "context"): boolean {
  const choices = Object.keys(madeAnew) as (keyof LoadIdentity)[];
  return choices.every(
    (choice) => (part ?? madeAnew[choice]) !== madeAnew[choice] || a[choice] === b[choice],
  );
}
