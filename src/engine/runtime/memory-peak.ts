import type { ModelConfig } from "../weights/config/model-config";
import type { KvType } from "../../ground/kv-type";
import { growthBytes } from "./state/kv-room";
import { planMemory } from "./memory-plan";
import { kvBytesPerToken, segmentTokens } from "./shape/sizes";
import { stagingBytes } from "./weights/upload";
import type { WeightsPlan } from "./weights/weights-plan";

/**
 * The most GPU memory that a model with a context of `capacity` tokens takes at once, in bytes. The sum of
 * {@link planMemory} is never less: there staging stands beside everything else. Here weights come first,
 * with the staging that brings them; when that is given back the context is made, whose cache grows layer by
 * layer.
 */
export function peakBytes(
  config: ModelConfig,
  weights: Pick<WeightsPlan, "sizeBytes">,
  capacity: number,
  maxBindingBytes: number,
  kvType: KvType = "f16",
  budgetBytes?: number,
): number {
  const plan = planMemory(config, weights, capacity, maxBindingBytes, kvType, budgetBytes);
  const kept = plan.reduce((sum, { kind, bytes }) => (kind === "staging" ? sum : sum + bytes), 0);
  const perSegment = segmentTokens(config, kvType, maxBindingBytes);
  const growth = growthBytes(capacity, perSegment, kvBytesPerToken(config, kvType));
  return Math.max(weights.sizeBytes + stagingBytes(maxBindingBytes), kept + growth);
}
