/** What GPU memory is used for. */
export type MemoryKind =
  | "weights"
  | "recurrent state"
  | "convolution state"
  | "KV cache"
  | "checkpoints"
  | "activations"
  | "staging";
