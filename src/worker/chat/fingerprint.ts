import type { ModelConfig } from "../../engine/weights/config/model-config";

/** Everything that has to be the same for a saved state to be gone on from. */
export type Fingerprint = Readonly<
  Record<"model" | "precision" | "keys and values" | "rotation" | "layout", string>
>;

/** Counts up when what {@link GpuSequenceMemory} writes for a state changes. */
const LAYOUT = "1";

/**
 * Which kernels the tuner chose is not in it: they give the same numbers but for rounding, and a state stays
 * right whichever made it.
 *
 * @param model  digest of its weights, and what they are quantized to
 */
export function fingerprintOf(
  model: string,
  { attention }: Pick<ModelConfig, "attention">,
  precision: string,
  kv: string,
): Fingerprint {
  const { ropeTheta, rotaryDim, yarn } = attention;
  return {
    model,
    precision,
    "keys and values": kv,
    rotation: JSON.stringify({ ropeTheta, rotaryDim, ...yarn }),
    layout: LAYOUT,
  };
}
