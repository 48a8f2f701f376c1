import { blockOfType, sizeBytesOf, weightTypeNames, type WeightType } from "../../weights/types/type-facts";
import { SPAN_WEIGHTS, type WeightFormat } from "../products/weight-format";
import type { Program } from "./program";
import { repackingsOf } from "./repackings";

/** A way from a type in the file to a format on the GPU. */
export interface Repacking {
  readonly from: WeightType;
  readonly to: WeightFormat;
}

/** The format that keeps every value of a type, in the fewest bytes. */
export function keptFormat(type: WeightType): WeightFormat {
  return repackingsOf[type].kept;
}

/** Every repacking there is. */
export const repackings: readonly Repacking[] = weightTypeNames.flatMap((from) =>
  (Object.keys(repackingsOf[from].to) as WeightFormat[]).map((to) => ({ from, to })),
);

export const repackingName = ({ from, to }: Repacking): string => (from === to ? from : `${from} to ${to}`);

/**
 * The shader of a repacking, or `null` where the planes are the bytes of the file.
 *
 * @throws RangeError  when there is no such repacking: a mistake of who planned it
 */
export function programOf({ from, to }: Repacking): Program | null {
  const found = repackingsOf[from].to[to];
  if (found === undefined) throw new RangeError(`Nothing repacks ${from} to ${to}.`);
  return found;
}

/** Returns whether the planes are the bytes of the file, so that nothing has to be repacked. */
export const isCopy = (repacking: Repacking): boolean => programOf(repacking) === null;

/** Returns whether every value stays what it was in the file. */
export const isLossless = (repacking: Repacking): boolean => programOf(repacking)?.isLossless ?? true;

/**
 * The shader's block: a slice has whole ones, and K is a multiple of its weights. Plain weights count by
 * spans.
 */
export function blockOf(repacking: Repacking): { readonly weights: number; readonly bytes: number } {
  const weights =
    programOf(repacking)?.blockWeights ?? Math.max(blockOfType(repacking.from).weights, SPAN_WEIGHTS);
  return { weights, bytes: sizeBytesOf(repacking.from, weights) };
}

/** Bytes that `nSpans` spans take in the file. */
export const fileBytes = (type: WeightType, nSpans: number): number =>
  sizeBytesOf(type, nSpans * SPAN_WEIGHTS);
