import type { GpuRange } from "../gpu/buffers";
import { packStruct, sizeOfLayout, unpackStruct } from "../gpu/struct-layout";

/** `struct Step` of shaders/lib/step.wgsl, which says what the fields are. */
export const stepLayout = {
  position: "u32",
  kvLength: "u32",
  nTokens: "u32",
  halt: "u32",
  nGenerated: "u32",
  capacity: "u32",
  token: "u32",
} as const;

export type Step = Readonly<Record<keyof typeof stepLayout, number>>;

export const STEP_BYTES = sizeOfLayout(stepLayout);

/**
 * Why the sampler ended an answer: the values of `halt` other than 0. shaders/sample-draw.wgsl gets them as
 * constants.
 */
export const halts = { STOP_TOKEN: 1, LENGTH: 2, CONTEXT_FULL: 3, NO_NUMBERS: 4 } as const;

/**
 * The bytes of a step. It begins where the cache ends, unless `position` says otherwise; other fields left
 * out are 0.
 */
export const packStep = ({ kvLength = 0, position = kvLength, ...rest }: Partial<Step>) =>
  packStruct(stepLayout, {
    ...{ position, kvLength, nTokens: 0, halt: 0, nGenerated: 0, capacity: 0, token: 0 },
    ...rest,
  });

export const unpackStep = (bytes: ArrayBuffer): Step => unpackStruct(stepLayout, bytes);

/** Writes the step that the kernels submitted from now on work at. */
export function writeStep(queue: GPUQueue, { buffer, offset }: GpuRange, step: Partial<Step>): void {
  queue.writeBuffer(buffer, offset, packStep(step));
}
