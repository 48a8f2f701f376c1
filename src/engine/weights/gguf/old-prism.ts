import { UnsupportedModelError } from "../../../ground/errors";
import { t } from "../../../language/language";
import type { DescribedTensor } from "./q2-groups";

/** Bytes of PrismML's first 1-bit type for 32 weights: an f16 scale and 32 bits. */
const oldBlock = { weights: 32, bytes: 6 };

/**
 * Refuses PrismML's 1-bit files of spring 2026 by name. Their tensors have type id 40, which ggml gave to
 * NVFP4 since: three times the bytes. Nothing in a header says it; the bytes between one tensor and the next
 * do.
 *
 * @throws UnsupportedModelError  for such a file
 */
export function refuseOldPrism(infos: readonly DescribedTensor[], alignment: number): void {
  const offsets = infos.map(({ relativeOffset }) => relativeOffset).toSorted((a, b) => a - b);
  const followed = infos.filter(
    ({ type, relativeOffset }) => type === "NVFP4" && relativeOffset < offsets.at(-1)!,
  );
  const isOld = ({ shape, relativeOffset }: DescribedTensor) => {
    const nWeights = shape.reduce((product, n) => product * n, 1);
    const needed = (nWeights / oldBlock.weights) * oldBlock.bytes;
    const room = offsets.find((offset) => offset > relativeOffset)! - relativeOffset;
    return room >= needed && room < needed + alignment;
  };
  const [first] = followed;
  if (first && followed.every(isOld))
    throw new UnsupportedModelError(
      t('Tensor "{name}" is stored in PrismML\'s 1-bit type of spring 2026, which this app does not read.', {
        name: first.name,
      }),
      { hint: t("Choose the newer file of the same model, in Q1_0.") },
    );
}
