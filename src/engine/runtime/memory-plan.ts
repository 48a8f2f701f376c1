import type { ModelConfig } from "../weights/config/model-config";
import type { KvType } from "../../ground/kv-type";
import type { MemoryKind } from "../../ground/memory-kind";
import { activationSpecs, chunkFor } from "./shape/activations";
import { MAX_POSITION } from "./shape/rotary";
import { READBACK_BYTES } from "./session";
import { growthBytes } from "./state/kv-room";
import { kvBytesPerToken, segmentTokens, sizesOf } from "./shape/sizes";
import { stagingBytes } from "./weights/upload";
import type { WeightsPlan } from "./weights/weights-plan";
import { checkpointBytes, nCheckpoints } from "./shape/checkpoints";

export { kvTypeFor } from "../kernels/attention/kv-type";

export interface PlannedMemory {
  readonly kind: MemoryKind;
  readonly bytes: number;
}

/**
 * GPU memory that a model will take at a context of `capacity` tokens, by kind. `staging` is for loading, and
 * then for the layer whose cache moves to a larger one: the larger of both.
 */
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
  const nFull = config.layerKinds.filter((kind) => kind === "full").length;
  const perToken = kvBytesPerToken(config, kvType);
  const perSegment = segmentTokens(config, kvType, maxBindingBytes);
  const nSegments = Math.ceil(capacity / perSegment);
  const chunk = chunkFor(config, maxBindingBytes, nSegments);
  const activations = activationSpecs(config, chunk, nSegments).reduce(
    (sum, spec) => sum + Math.ceil(spec.sizeBytes / 16) * 16,
    0,
  );
  // Loading is over before the cache grows.
  const growth = growthBytes(capacity, perSegment, perToken);
  return [
    { kind: "weights", bytes: weights.sizeBytes },
    { kind: "recurrent state", bytes: nLinear * sizes.recurrentBytesPerLayer },
    { kind: "convolution state", bytes: nLinear * sizes.convBytesPerLayer },
    { kind: "KV cache", bytes: nFull * 2 * capacity * perToken },
    { kind: "checkpoints", bytes: nCheckpoints(config, budgetBytes) * checkpointBytes(config) },
    { kind: "activations", bytes: activations },
    { kind: "staging", bytes: Math.max(stagingBytes(maxBindingBytes), growth) + READBACK_BYTES },
  ];
}

/**
 * The longest context that the file was made for and the rotary table reaches. Memory is another matter:
 * {@link planMemory}.
 */
export const longestContext = (config: ModelConfig): number => Math.min(config.contextLength, MAX_POSITION);
