import type { MemoryKind } from "../../../../ground/memory-kind";
import type { MemoryLine } from "../../../../worker/rpc/protocol/inspect";

/** In the order they are stacked: what stays first, what grows last. */
export const kinds: readonly MemoryKind[] = [
  "weights",
  "recurrent state",
  "convolution state",
  "checkpoints",
  "activations",
  "staging",
  "KV cache",
];

/** Its colour, of tokens.css. */
export const colourOf = (kind: MemoryKind) => `var(--kind-${kind.replaceAll(" ", "-").toLowerCase()})`;

export const sentence = (words: string) => words[0]!.toUpperCase() + words.slice(1);

/** Bytes of a kind over all lines. */
export const bytesOf = (lines: readonly MemoryLine[], kind: MemoryKind): number =>
  lines.reduce((sum, { bytes }) => sum + (bytes[kind] ?? 0), 0);
