import type { QuantizeChoice } from "../../../ground/quantize-choice";
import { keptFormat } from "../../kernels/load/repacking";
import type { ModelConfig } from "../../weights/config/model-config";
import { quantizedTypeOf } from "../../weights/config/quantize-choice";
import type { ChooseFormat } from "./weights-plan";

/** Returns whether a type stores every number for itself, so that a person may choose its format. */
export const isPlain = (type: string): boolean => ["F32", "F16", "BF16"].includes(type);

/** Plain weights as the person chose, everything else as it is. */
export function chooseFormatFor(choice: QuantizeChoice, config: ModelConfig): ChooseFormat {
  return (type, tensor) =>
    (isPlain(type) ? quantizedTypeOf(choice, tensor, config) : undefined) ?? keptFormat(type);
}
