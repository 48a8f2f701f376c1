import type { HubOrigin } from "../../../ground/model-origin";
import type { MemoryEstimate } from "../../../engine/runtime/memory-estimate";
import type { HubChoice, SetAside } from "../../../engine/weights/hub/hub-choices";

/** A model that a repository offers. */
export interface HubModel extends HubChoice {
  /** About, for contexts that the model and the device allow; empty when it is not known. */
  readonly memory: readonly MemoryEstimate[];
}

/** The models of a repository at one commit. */
export interface HubRepository extends Omit<HubOrigin, "kind" | "files"> {
  readonly kind: "repository";
  readonly isGated: boolean;
  /** The smallest first. */
  readonly models: readonly HubModel[];
  readonly setAside: readonly SetAside[];
  /** The name of the model to propose; `null` when none can be run. */
  readonly suggested: string | null;
  /** The name of the model that was asked for by its file or quantization. */
  readonly asked: string | null;
  /** The file or quantization that was asked for and is not there. */
  readonly missing: string | null;
}

export type FoundModels =
  HubRepository | { readonly kind: "link"; readonly url: string; readonly fileName: string };
