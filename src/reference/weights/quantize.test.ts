import { expect, it } from "vitest";
import {
  quantizeSample,
  sampleNames,
  squaredError,
  quantizeBaseline,
} from "../../testing/samples/quantize-samples";
import { quantizedTypes } from "../../engine/weights/types/type-facts";
import { quantize } from "./quantize";

it.each(quantizedTypes.flatMap((type) => sampleNames.map((name) => [type, name] as const)))(
  "%s of %s weights is no further off than llama.cpp's",
  (type, name) => {
    const sample = quantizeSample(name);
    const ours = squaredError(quantize(type, sample), sample);
    expect(ours).toBeLessThanOrEqual(quantizeBaseline.squaredError[type]![name]);
  },
);

it.each(quantizedTypes)("%s keeps zeros, and a constant to the precision of its scale", (type) => {
  expect(quantize(type, new Float64Array(256))).toEqual(new Float64Array(256));
  for (const constant of [0.75, -0.75])
    for (const value of quantize(type, new Float64Array(256).fill(constant)))
      expect(Math.abs(value - constant)).toBeLessThan(0.75 / 1000);
});
