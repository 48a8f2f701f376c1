import inputF16 from "../../../../shaders/lib/input/f16.wgsl?raw";
import inputF32 from "../../../../shaders/lib/input/f32.wgsl?raw";
import inputInt8 from "../../../../shaders/lib/input/int8.wgsl?raw";
import inputRead from "../../../../shaders/lib/input/read.wgsl?raw";
import largest from "../../../../shaders/lib/largest.wgsl?raw";
import type { DotArithmetic } from "./weight-format";

/** The files with `InputSpan` and `input_span`, which read x, array<vec4<f32>>. */
export const inputOf: Readonly<Record<DotArithmetic, readonly string[]>> = {
  f32: [inputF32],
  f16: [inputF16, inputRead, largest],
  int8: [inputInt8, inputRead, largest],
};
