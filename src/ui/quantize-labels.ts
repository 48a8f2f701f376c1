import type { QuantizeChoice } from "../worker/protocol";

/** What plain weights become, in words. `plainType`: as they are stored, e.g. "BF16". */
export const quantizeLabels = (plainType: string): Readonly<Record<QuantizeChoice, string>> => ({
  q4: "4-bit mix",
  q8: "8-bit",
  none: `${plainType === "F32" ? 32 : 16}-bit, as stored`,
});
