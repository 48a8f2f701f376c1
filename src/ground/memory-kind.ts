/** The uses of GPU memory. */
export type MemoryKind =
  | "weights"
  | "recurrent state"
  | "convolution state"
  | "KV cache"
  | "checkpoints"
  | "activations"
  | "staging";
