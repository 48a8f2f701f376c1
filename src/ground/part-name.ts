import { t, type Sentence } from "../language/language";

/** A part of the model, "embedding", "layer 3" or "head", as people are told of it. */
export function partName(part: string): Sentence {
  const layer = /^layer (\d+)$/.exec(part)?.[1];
  if (layer !== undefined) return t("layer {layer}", { layer });
  return part === "embedding" ? t("embedding") : t("output head");
}
