import type { ModelConfig } from "../../engine/weights/config/model-config";
import { blockOfType, runTypeNames, type RunType } from "../../engine/weights/types/type-facts";
import type { ExpectedTensor, TensorRole } from "../../engine/weights/config/tensor-names";

/** MIX: the types of a published Q4_K_M. */
export const quantNames = [...runTypeNames, "MIX"] as const;
export type QuantName = (typeof quantNames)[number];

/** The type a tensor is stored in. Rows that are no whole blocks of it are Q8_0. */
export function typeOfTensor(tensor: ExpectedTensor, quant: QuantName, config: ModelConfig): RunType {
  if (tensor.kind === "vector") return "F32";
  const type = quant === "MIX" ? mixType(tensor, config) : quant;
  return tensor.shape[1]! % blockOfType(type).weights === 0 ? type : "Q8_0";
}

/**
 * llama.cpp's Q4_K_M (docs/model.md#the-4-bit-mix), with the decay and beta products in Q8_0 as the dynamic
 * files have them.
 */
function mixType({ role, layer }: ExpectedTensor, { nLayers, hasTiedHead }: ModelConfig): RunType {
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
