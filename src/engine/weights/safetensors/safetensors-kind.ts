import { refuse } from "../config/config-metadata";
import { t } from "../../../language/language";

/**
 * Refuses safetensors that are a part of a model, or go with one, by their name for what they are. `names`
 * are those of the tensors.
 */
export function refuseParts(names: readonly string[]): void {
  const isAll = (pattern: RegExp) => names.length > 0 && names.every((name) => pattern.test(name));
  if (names.some((name) => /lora_(A|B|embedding_A|magnitude_vector)\b|\.lora_(down|up)\b/.test(name)))
    refuse(
      t("The file is a LoRA adapter: changes to a model's weights, not the model."),
      t(
        "Choose the model that it was made for; this app runs it without the adapter. To have both, merge the adapter into the model (PEFT's merge_and_unload) and choose the result.",
      ),
    );
  if (isAll(/(^|\.)(visual|vision_tower|vision_model|multi_modal_projector|merger)\./))
    refuse(
      t("The file is a vision projector, the part of a model that looks at images."),
      t("Choose the whole folder of the model. This app reads and writes text."),
    );
  if (isAll(/(^|\.)(mtp|nextn)\.|^(fc|midlayer)\./))
    refuse(
      t("The file is a drafter: layers that guess several tokens ahead for a model, not the model."),
      t("Choose the whole folder of the model that it belongs to."),
    );
}
