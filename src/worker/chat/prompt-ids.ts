import { ModelFormatError } from "../../ground/errors";
import type { ModelConfig } from "../../engine/weights/config/model-config";
import type { Mark } from "../../engine/runtime/state/reuse";
import type { RenderedHistory } from "../../engine/text/text-model";
import { t } from "../../language/language";

/** @throws ModelFormatError  when the tokenizer names ids that the model does not have */
export function checkIds(ids: readonly number[], { vocabSize }: ModelConfig): void {
  const outside = ids.find((id) => id >= vocabSize);
  if (outside === undefined) return;
  throw new ModelFormatError(
    t("The tokenizer gave id {outside}; the model has {vocabSize}.", { outside, vocabSize }),
    {
      hint: t("The file's tokenizer does not belong to its weights: choose another file."),
    },
  );
}

/** A shorter system prompt is read sooner than a checkpoint is worth. */
const SHORTEST_SYSTEM = 32;

/** Places in a prompt that other prompts share. */
export function marksOf({ systemEnd, documentEnds }: RenderedHistory): readonly Mark[] {
  const system: Mark[] = systemEnd >= SHORTEST_SYSTEM ? [{ position: systemEnd, kind: "system" }] : [];
  return [...system, ...documentEnds.map((position): Mark => ({ position, kind: "document" }))];
}
