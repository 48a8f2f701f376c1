import type { BufferKind } from "../gpu/buffers";
import type { KvType } from "../kernels/kv-type";
import type { ModelConfig } from "../weights/config";
import { activationSpecs, chunkFor } from "./activations";
import { MAX_POSITION } from "./rotary";
import { READBACK_BYTES } from "./session";
import { kvBytesPerToken, sizesOf } from "./sizes";
import { stagingBytes } from "./upload";
import type { WeightsPlan } from "./weights-plan";
import { checkpointBytes, nCheckpoints } from "./checkpoints";

export interface PlannedMemory {
  readonly kind: BufferKind;
  readonly bytes: number;
}

/** GPU memory that a model will take at a context of `capacity` tokens, by kind; `staging` is given back after loading. */
export function planMemory(
  config: ModelConfig,
  weights: Pick<WeightsPlan, "sizeBytes">,
  capacity: number,
  maxBindingBytes: number,
  kvType: KvType = "f16",
  budgetBytes?: number,
): readonly PlannedMemory[] {
  const sizes = sizesOf(config);
  const nLinear = config.layerKinds.filter((kind) => kind === "linear").length;
  const nFull = config.nLayers - nLinear;
  const activations = activationSpecs(config, chunkFor(config, maxBindingBytes)).reduce(
    (sum, spec) => sum + Math.ceil(spec.sizeBytes / 16) * 16,
    0,
  );
  return [
    { kind: "weights", bytes: weights.sizeBytes },
    { kind: "recurrent state", bytes: nLinear * sizes.recurrentBytesPerLayer },
    { kind: "convolution state", bytes: nLinear * sizes.convBytesPerLayer },
    { kind: "KV cache", bytes: nFull * 2 * capacity * kvBytesPerToken(config, kvType) },
    { kind: "checkpoints", bytes: nCheckpoints(config, budgetBytes) * checkpointBytes(config) },
    { kind: "activations", bytes: activations },
    { kind: "staging", bytes: stagingBytes(maxBindingBytes) + READBACK_BYTES },
  ];
}

/** The longest context whose keys, and whose values, fit a binding each, and whose positions the rotary table reaches. */
export function longestContext(config: ModelConfig, maxBindingBytes: number, kvType: KvType = "f16"): number {
  const perToken = kvBytesPerToken(config, kvType);
  return Math.min(config.contextLength, MAX_POSITION, Math.floor(maxBindingBytes / perToken));
}
