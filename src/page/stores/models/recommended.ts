import type { PublishedSize } from "../../../worker/rpc/protocol/inspect";
import { mark, type Key } from "../../../language/language";

/**
 * A repository to begin with. What it holds and how large that is, the hub is asked when the person wants to
 * know.
 */
export interface Recommended {
  readonly repo: string;
  readonly name: string;
  readonly words: Key;
}

export const recommendedModels: readonly Recommended[] = [
  {
    repo: "unsloth/Qwen3.5-0.8B-GGUF",
    name: "Qwen3.5 0.8B",
    words: mark("The fastest. Runs nearly anywhere; for short questions, summaries, rewriting"),
  },
  {
    repo: "unsloth/Qwen3.5-2B-GGUF",
    name: "Qwen3.5 2B",
    words: mark("Still quick on a laptop, and knows more"),
  },
  {
    repo: "unsloth/Qwen3.5-4B-GGUF",
    name: "Qwen3.5 4B",
    words: mark("A good balance for a laptop with a graphics card"),
  },
  {
    repo: "unsloth/Qwen3.5-9B-GGUF",
    name: "Qwen3.5 9B",
    words: mark("Thorough answers, for a strong graphics card"),
  },
  {
    repo: "prism-ml/Ternary-Bonsai-2-27B-gguf",
    name: "Ternary Bonsai 2 27B",
    words: mark("Qwen3.8 27B with weights of three values: a large model in the memory of a middling one"),
  },
  {
    repo: "unsloth/Qwen3.8-27B-GGUF",
    name: "Qwen3.8 27B",
    words: mark("The best here, for workstations with a large graphics card"),
  },
  {
    repo: "unsloth/Qwen3.6-27B-GGUF",
    name: "Qwen3.6 27B",
    words: mark("The one before it, as large"),
  },
];

/** Those whose sizes are published, and known here without asking anyone. */
export const publishedModels: readonly {
  readonly size: PublishedSize;
  readonly repo: string;
  readonly name: string;
}[] = (["0.8B", "2B", "4B", "9B", "27B"] as const).map((size) => ({
  size,
  repo: `unsloth/Qwen3.5-${size}-GGUF`,
  name: `Qwen3.5 ${size}`,
}));
