import type { ModelConfig } from "../../engine/weights/config/model-config";
import type { LoadIdentity } from "../rpc/protocol/load-identity";

/** Everything that has to be the same for a saved state to be gone on from. */
export type Fingerprint = Readonly<
  Record<"model" | "precision" | "keys and values" | "rotation" | "layout", string>
>;

/** Counts up when what {@link GpuSequenceMemory} writes for a state changes. */
const LAYOUT = "1";

/**
 * The fingerprint of what a load makes. Which kernels the tuner chose is not in it: they give the same
 * numbers but for rounding, and a state stays right whichever made it.
 *
 * @param digest  of its weights, as they are in the file
 * @param config  stretched, where the load is
 */
export function fingerprintOf(
  digest: string,
  // Of a load's choices all but the length of its context, which a state may outlive; what is `yarn` is in
  // `config`.
  { quantize, precision, kv }: Omit<LoadIdentity, "id" | "yarn" | "contextLength">,
  { attention }: Pick<ModelConfig, "attention">,
): Fingerprint {
  const { ropeTheta, rotaryDim, yarn } = attention;
  return {
    model: `${digest} ${quantize ?? "as stored"}`,
    precision,
    "keys and values": kv,
    rotation: JSON.stringify({ ropeTheta, rotaryDim, ...yarn }),
    layout: LAYOUT,
  };
}
