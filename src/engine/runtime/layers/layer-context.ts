import type { MemoryScope } from "../../gpu/buffers";
import type { ModelConfig } from "../../weights/config/model-config";
import type { Activations } from "../shape/activations";
import type { ModelKernels } from "../compile/kernels";
import type { Multiply } from "./products";
import type { Sizes } from "../shape/sizes";

/** The context that every layer is built from: the same for all layers of one list of dispatches. */
export interface LayerContext {
  readonly scope: MemoryScope;
  readonly kernels: ModelKernels;
  readonly config: ModelConfig;
  readonly sizes: Sizes;
  readonly activations: Activations;
  readonly multiply: Multiply;
  /** Parts that attention splits the cache into. */
  readonly nSplits: number;
}
