import { isObject } from "../../../ground/record-checks";
import { ModelFormatError } from "../../../ground/errors";
import { counted, formatCount } from "../../../ground/figures";
import { parseJson } from "../bytes/json-fields";

const maxIndexChars = 32 << 20;
const hint = "The file is damaged. Get it again from where the model is from.";

/**
 * The files that model.safetensors.index.json names, each once, in the order of their names.
 *
 * @throws ModelFormatError  naming the field that can not be
 */
export function readSafetensorsIndex(text: string): string[] {
  const refuse = (message: string): never => {
    throw new ModelFormatError(message, { hint });
  };
  if (text.length > maxIndexChars)
    refuse(
      `The index has ${counted(text.length, "character")}; up to ${formatCount(maxIndexChars)} are read.`,
    );
  const { weight_map: map } = parseJson("The model.safetensors.index.json", text, hint);
  if (!isObject(map)) return refuse('"weight_map" of the index is no object.');
  for (const [tensor, file] of Object.entries(map))
    if (typeof file !== "string" || !/^[^/\\]+\.safetensors$/.test(file))
      refuse(
        `"weight_map" of the index has ${JSON.stringify(file).slice(0, 120)} for "${tensor.slice(0, 120)}"; it must be the name of a .safetensors file.`,
      );
  const files = new Set(Object.values(map) as string[]);
  if (files.size === 0) refuse('"weight_map" of the index is empty.');
  return [...files].sort();
}
