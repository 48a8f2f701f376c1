import type { QuantizeChoice } from "../../../ground/quantize-choice";
import { keptFormat } from "../../kernels/load/repacking";
import type { ModelConfig } from "../../weights/config/model-config";
import { quantizedTypeOf } from "../../weights/config/quantize-choice";
import { isPlain } from "../../weights/types/type-facts";
import type { ChooseFormat } from "./weights-plan";

/** Plain weights as the person chose, everything else as it is. */
export function chooseFormatFor(choice: QuantizeChoice, config: ModelConfig): ChooseFormat {
  return (type, tensor) =>
    (isPlain(type) ? quantizedTypeOf(choice, tensor, config) : undefined) ?? keptFormat(type);
}
