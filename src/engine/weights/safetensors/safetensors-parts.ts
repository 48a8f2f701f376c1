import { refuse } from "./hf-fields";
import { partName } from "./hf-names";
import type { SafetensorsTensor, SafetensorsType } from "./safetensors";

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
  if (!found) refuse(`Tensor "${name}" [${shape.join(", ")}] is missing; "${weightName}" is quantized.`);
  if (!types.includes(found.type))
    refuse(`Tensor "${name}" has "dtype" ${found.type}; this app reads ${types.join(", ")} there.`);
  if (found.shape.length !== shape.length || shape.some((n, i) => n !== found.shape[i]))
    refuse(
      `Tensor "${name}" has "shape" [${found.shape.join(", ")}]; the sizes of config.json make it [${shape.join(", ")}].`,
    );
  return found;
}
