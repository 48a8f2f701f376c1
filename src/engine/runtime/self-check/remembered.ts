import { digestOf, deviceName } from "../compile/tuner/store-key";
import type { TunerStore } from "../compile/tuner/tune";
import type { Gpu } from "../../gpu/device";
import type { Model } from "../model";
import { checkNumbers, type SelfCheck } from "./self-check";

/** A check of this visit, or that an earlier one found all right. */
export type RememberedCheck = SelfCheck & { readonly isRemembered: boolean };

/**
 * Checks a model's kernels where this device and browser have not run the same ones before. What was right
 * is remembered; what was wrong is checked again, since the next driver may mend it.
 */
export async function checkOnce(
  gpu: Gpu,
  model: Model,
  store: TunerStore | undefined,
): Promise<RememberedCheck> {
  const key = store && (await keyOf(gpu, model));
  const known = rightCheck(key && (await store.get(key)));
  if (known) return { ...known, isRemembered: true };
  const check = await checkNumbers(gpu, model);
  if (key && check.isRight && Number.isFinite(check.difference)) await store.set(key, check);
  return { ...check, isRemembered: false };
}

/** Names all that a check depends on but the weights: device, browser, code of every pipeline, sizes. */
async function keyOf(gpu: Gpu, model: Model): Promise<string> {
  const { decode, prefill, sample, config, capacity } = model;
  const lists = [decode.layers, decode.head, prefill.layers, prefill.head, sample];
  const codes = new Set(lists.flat().map(({ pipeline }) => gpu.compiler.codeOf(pipeline)));
  const { layerKinds, hiddenSize, intermediateSize, vocabSize } = config;
  const sizes = [layerKinds.length, hiddenSize, intermediateSize, vocabSize, capacity].join(" ");
  return ["self-check", deviceName(gpu), await digestOf([...codes].sort().join("\n")), sizes].join(" | ");
}

function rightCheck(stored: unknown): SelfCheck | null {
  if (typeof stored !== "object" || stored === null) return null;
  const { isRight, difference, nTokens } = stored as Partial<SelfCheck>;
  if (isRight !== true || typeof difference !== "number" || typeof nTokens !== "number") return null;
  return { isRight, difference, nTokens, from: null };
}
