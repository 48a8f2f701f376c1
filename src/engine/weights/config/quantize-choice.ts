import type { QuantizeChoice } from "../../../ground/quantize-choice";
import type { QuantizedType } from "../types/type-facts";
import type { ExpectedTensor } from "./tensor-names";

/**
 * The type that a matrix of plain weights is quantized to; undefined: as stored.
 *
 * q4 is the mix of a published Q4_K_M (docs/model.md#the-4-bit-mix): Q6_K for the head or the tied embedding,
 * and for the values and the down projections of about half of the layers, Q4_K else; and Q8_0 for the decay
 * and beta products, which are small, and for rows that are no whole blocks of 256. A router stays
 * as stored: it is small, and rounding it changes who is chosen.
 */
export function quantizedTypeOf(
  choice: QuantizeChoice,
  { role, layer, shape }: ExpectedTensor,
  { nLayers, hasTiedHead }: { readonly nLayers: number; readonly hasTiedHead: boolean },
): QuantizedType | undefined {
  if (choice === "none" || role === "router" || role === "sharedGate") return undefined;
  if (choice === "q8" || role === "inProjA" || role === "inProjB" || shape[1]! % 256 !== 0) return "Q8_0";
  if (role === "lmHead" || (role === "embedTokens" && hasTiedHead)) return "Q6_K";
  const isOften = role === "inProjQkv" || role === "vProj" || role === "downProj" || role === "downExperts";
  return isOften && getsMoreBits(layer!, nLayers) ? "Q6_K" : "Q4_K";
}

/** The first and the last eighth of the layers, and every third between, as llama.cpp has it. */
function getsMoreBits(layer: number, nLayers: number): boolean {
  const eighth = Math.floor(nLayers / 8);
  return layer < eighth || layer >= Math.floor((7 * nLayers) / 8) || (layer - eighth) % 3 === 2;
}
