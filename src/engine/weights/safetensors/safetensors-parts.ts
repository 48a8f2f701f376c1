import { refuse } from "./hf-fields";
import { partName } from "./hf-names";
import type { SafetensorsTensor, SafetensorsType } from "./safetensors";
import { t } from "../../../language/language";

/** A part of a quantized matrix, by the name of its `weight`, checked. */
export function partOf(
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  weightName: string,
  part: string,
  types: readonly SafetensorsType[],
  shape: readonly number[],
): SafetensorsTensor {
  const name = partName(weightName, part);
  const found = tensors.get(name);
  if (!found)
    refuse(
      t('Tensor "{name}" [{shape}] is missing; "{weightName}" is quantized.', {
        name,
        shape: shape.join(", "),
        weightName,
      }),
    );
  if (!types.includes(found.type))
    refuse(
      t('Tensor "{name}" has "dtype" {type}; this app reads {types} there.', {
        name,
        type: found.type,
        types: types.join(", "),
      }),
    );
  if (found.shape.length !== shape.length || shape.some((n, i) => n !== found.shape[i]))
    refuse(
      t('Tensor "{name}" has "shape" [{shape}]; the sizes of config.json make it [{shape2}].', {
        name,
        shape: found.shape.join(", "),
        shape2: shape.join(", "),
      }),
    );
  return found;
}
