import type { ModelConfig } from "../../engine/weights/config/model-config";
import { ggmlTypes } from "../../engine/weights/gguf/ggml-types";
import type { ExpectedTensor, TensorRole } from "../../engine/weights/config/tensor-names";

export const madeTypes = [
  ...["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "MXFP4"],
  ...["Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "IQ4_NL", "IQ4_XS", "IQ3_S", "IQ3_XXS"],
] as const;
export type MadeType = (typeof madeTypes)[number];

/** MIX: the types of a published Q4_K_M. */
export const quantNames = [...madeTypes, "MIX"] as const;
export type QuantName = (typeof quantNames)[number];

/** The type a tensor is stored in. Rows that are no whole blocks of it are Q8_0. */
export function typeOfTensor(tensor: ExpectedTensor, quant: QuantName, config: ModelConfig): MadeType {
  if (tensor.kind === "vector") return "F32";
  const type = quant === "MIX" ? mixType(tensor, config) : quant;
  return tensor.shape[1]! % ggmlTypes[type].blockElements === 0 ? type : "Q8_0";
}

/**
 * llama.cpp's Q4_K_M (docs/model.md#the-4-bit-mix), with the decay and beta products in Q8_0 as the dynamic
 * files have them.
 */
function mixType({ role, layer }: ExpectedTensor, { nLayers, hasTiedHead }: ModelConfig): MadeType {
  const often: readonly TensorRole[] = ["inProjQkv", "vProj", "downProj"];
  if (role === "lmHead" || (role === "embedTokens" && hasTiedHead)) return "Q6_K";
  if (role === "inProjA" || role === "inProjB") return "Q8_0";
  return often.includes(role) && getsMoreBits(layer!, nLayers) ? "Q6_K" : "Q4_K";
}

/** The first and the last eighth of the layers, and every third between. */
function getsMoreBits(layer: number, nLayers: number): boolean {
  const eighth = Math.floor(nLayers / 8);
  return layer < eighth || layer >= Math.floor((7 * nLayers) / 8) || (layer - eighth) % 3 === 2;
}
