import type { ModelConfig } from "../../weights/config/model-config";
import { sizesOf } from "./sizes";

/** The share of checkpoints in the device's memory budget: 128 MiB of 4 GiB, seven of 0.8B's. */
const SHARE = 1 / 32;
const USUAL_BUDGET_BYTES = 4 * 2 ** 30;
/** The latest turn's, and the one before it for a regenerated answer or an edit. */
const FEWEST = 2;
/** More are rarely gone back to; they wait in storage. */
const MOST = 8;

/** Copies of the state that can not be cut back which are kept on the GPU. */
export function nCheckpoints(config: ModelConfig, budgetBytes = USUAL_BUDGET_BYTES): number {
  const fitting = Math.floor((budgetBytes * SHARE) / checkpointBytes(config));
  return Math.min(MOST, Math.max(FEWEST, fitting));
}

export function checkpointBytes(config: ModelConfig): number {
  const { recurrentBytesPerLayer, convBytesPerLayer } = sizesOf(config);
  const nLinear = config.layerKinds.filter((kind) => kind === "linear").length;
  return nLinear * (recurrentBytesPerLayer + convBytesPerLayer);
}
