import { expect, it } from "vitest";
import sampling from "../../../shaders/lib/sample/sampling.wgsl?raw";
import step from "../../../shaders/lib/step.wgsl?raw";
import { fieldsOf } from "../gpu/struct-layout";
import { structInWgsl, withoutComments } from "../gpu/wgsl-declarations";
import { packSampling, samplingLayout, greedySampling, SAMPLING_BYTES } from "./sample";
import { packStep, STEP_BYTES, stepLayout, unpackStep } from "./step";

// Kernels' parameters are compared when they are linked; these two are buffers.
it.each([
  ["Step", step, stepLayout],
  ["Sampling", sampling, samplingLayout],
] as const)("struct %s has the host's fields, in its order", (name, code, layout) => {
  expect(structInWgsl(withoutComments(code), name)).toEqual(fieldsOf(layout));
});

it("a step begins where the cache ends, unless it is said to stand elsewhere", () => {
  const words = (bytes: Uint8Array<ArrayBuffer>) => [...new Uint32Array(bytes.buffer)];
  expect(words(packStep({ kvLength: 5, nTokens: 3, capacity: 64 }))).toEqual([5, 5, 3, 0, 0, 64, 0]);
  expect(words(packStep({ position: 9, kvLength: 5, nTokens: 3 }))).toEqual([9, 5, 3, 0, 0, 0, 0]);
});

it("a step is read back by name, also from a slot longer than it", () => {
  const slot = new Uint8Array(STEP_BYTES + 4);
  const step = { position: 1, kvLength: 2, nTokens: 3, halt: 4, nGenerated: 5, capacity: 6, token: 7 };
  slot.set(packStep(step));
  expect(unpackStep(slot.buffer)).toEqual(step);
});

it("stop ids that do not fit are refused, and the rest of the list is 0", () => {
  const packed = packSampling({ ...greedySampling, maxNewTokens: Infinity, stopIds: [3] });
  expect([...new Uint32Array(packed.buffer).slice(7, 11)]).toEqual([0xffffffff, 1, 3, 0]);
  expect(packed).toHaveLength(SAMPLING_BYTES);
  const stopIds = Array.from({ length: 17 }, (_, i) => i);
  expect(() => packSampling({ ...greedySampling, maxNewTokens: 1, stopIds })).toThrow(RangeError);
});
