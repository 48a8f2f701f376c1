import { keptFormat, type FileType } from "../kernels/repacking";
import type { ModelConfig } from "../weights/config";
import { quantizedTypeOf, type QuantizeChoice } from "../weights/quantize-choice";
import type { ChooseFormat } from "./weights-plan";

const plain: readonly FileType[] = ["F32", "F16", "BF16"];

/** Plain weights as the person chose, everything else as it is. */
export function chooseFormatFor(choice: QuantizeChoice, config: ModelConfig): ChooseFormat {
  return (type, tensor) =>
    (plain.includes(type) ? quantizedTypeOf(choice, tensor, config) : undefined) ?? keptFormat(type);
}
