import { ModelFormatError } from "../../ground/errors";
import type { ModelConfig } from "../../engine/weights/config/model-config";

/** @throws ModelFormatError  when the tokenizer names ids that the model does not have */
export function checkIds(ids: readonly number[], { vocabSize }: ModelConfig): void {
  const outside = ids.find((id) => id >= vocabSize);
  if (outside === undefined) return;
  throw new ModelFormatError(`The tokenizer gave id ${outside}; the model has ${vocabSize}.`, {
    hint: "The file's tokenizer does not belong to its weights: choose another file.",
  });
}
