import { DeviceError } from "../ground/errors";
import { partName } from "../ground/part-name";
import { t } from "../language/language";
import type { Precision } from "../engine/runtime/compile/prefill-products";
import type { SelfCheck } from "../engine/runtime/self-check/self-check";

/** The error of a device on which even the plain kernels do not agree. */
export function wrongNumbers({ nTokens, from }: SelfCheck, precision: Precision): DeviceError {
  const message = t(
    "The same {nTokens} tokens give other numbers when they are read than when they are drawn, first after: {from}. Answers would be wrong, so the model does not run here.",
    { nTokens: String(nTokens), from: partName(from ?? "head") },
  );
  const hint =
    precision === "int8"
      ? t(
          "Turn off prompts in 8 bits in the settings, update the browser and the graphics driver, or use another device.",
        )
      : t("Update the browser and the graphics driver, or use another device.");
  return new DeviceError("wrong-numbers", message, { hint });
}
