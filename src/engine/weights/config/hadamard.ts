import { refuse } from "./config-metadata";
import type { GgufFile } from "../gguf/gguf";

/** Keys of files whose weights are stored rotated: PrismML's, and another engine's stamp. */
const rotated = /^(prism\.hadamard\.|onebit\.hadamard)/;

/** Refuses weights that are stored rotated: run as they are, they give fluent nonsense. */
export function refuseRotated({ metadata }: GgufFile): void {
  const key = [...metadata.keys()].find((name) => rotated.test(name));
  if (key !== undefined)
    refuse(
      `The weights are stored rotated ("${key}"); this app does not turn them back yet.`,
      "Choose a file without such keys: Q4_K_M of the model that it was made from.",
    );
}
