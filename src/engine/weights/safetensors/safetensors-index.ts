import { isObject } from "../../../ground/record-checks";
import { ModelFormatError } from "../../../ground/errors";
import { counted, formatCount } from "../../../ground/figures";
import { parseJson } from "../bytes/json-fields";
import { mark, t, type Sentence } from "../../../language/language";

const maxIndexChars = 32 << 20;
const hint = mark("The file is damaged. Get it again from where the model is from.");

/**
 * The files that model.safetensors.index.json names, each once, in the order of their names.
 *
 * @throws ModelFormatError  naming the field that can not be
 */
export function readSafetensorsIndex(text: string): string[] {
  const refuse = (message: Sentence): never => {
    throw new ModelFormatError(message, { hint: t(hint) });
  };
  if (text.length > maxIndexChars)
    refuse(
      t("The index has {characters}; up to {maxIndexChars} are read.", {
        characters: counted(text.length, "character"),
        maxIndexChars: formatCount(maxIndexChars),
      }),
    );
  const { weight_map: map } = parseJson(t("The model.safetensors.index.json"), text, t(hint));
  if (!isObject(map)) return refuse(t('"weight_map" of the index is no object.'));
  for (const [tensor, file] of Object.entries(map))
    if (typeof file !== "string" || !/^[^/\\]+\.safetensors$/.test(file))
      refuse(
        t(
          '"weight_map" of the index has {value} for "{tensor}"; it must be the name of a .safetensors file.',
          { value: JSON.stringify(file).slice(0, 120), tensor: tensor.slice(0, 120) },
        ),
      );
  const files = new Set(Object.values(map) as string[]);
  if (files.size === 0) refuse(t('"weight_map" of the index is empty.'));
  return [...files].sort();
}
