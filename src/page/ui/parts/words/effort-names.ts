import type { Effort } from "../../../../ground/prompt-mode";
import { mark, type Key } from "../../../../language/language";

export const effortNames: Readonly<Record<Effort, Key>> = {
  minimal: mark("Minimal"),
  low: mark("Low"),
  medium: mark("Medium"),
  high: mark("High"),
  xhigh: mark("Very high"),
  max: mark("Highest"),
};
