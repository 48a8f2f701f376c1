import type { Gpu } from "../../../gpu/device";
import { compileMatmul } from "../../../kernels/products/matmul";
import { layoutOf, SPAN_WEIGHTS } from "../../../kernels/products/weight-format";
import { STEP_BYTES } from "../../shape/activations";
import type { MatmulChoice, ProductShape } from "../prefill-products";
import { asInputs, asWeights, fill, type TrialSetup } from "./trial";

/** Tokens of the trial's step: a chunk as it usually is. */
const N_TOKENS = 256;
const TOLERANCE = { f32: 5e-3, f16: 5e-3, matrix: 5e-3, int8: 5e-2 } as const;

/** A product of prefill, of a given shape. A pass is as long as makes a clock of 100 µs tell 1 % apart. */
export const matmulTrial = (gpu: Gpu, { format, nRows, k }: ProductShape): TrialSetup<MatmulChoice> => ({
  nTokens: N_TOKENS,
  passMs: 10,
  mostRepeats: 50,
  tolerance: ({ arithmetic }) => TOLERANCE[arithmetic],
  prepare: (buffer, scope) => {
    const buffers = {
      step: buffer("step", STEP_BYTES),
      weight: buffer("weight", layoutOf(format, (nRows * k) / SPAN_WEIGHTS).sizeBytes),
      x: buffer("x", N_TOKENS * k * 4),
      y: buffer("y", N_TOKENS * nRows * 4),
    };
    gpu.device.queue.writeBuffer(buffers.step.buffer, 0, Uint32Array.of(0, 0, N_TOKENS, 0, 0, 0, 0));
    fill(gpu, buffers.weight, asWeights);
    fill(gpu, buffers.x, asInputs);
    return {
      output: buffers.y,
      dispatches: async (choice) => {
        const matmul = await compileMatmul(gpu.compiler, { format, residual: false, ...choice });
        return [[matmul(scope, "tuner", { ...buffers, nRows, k, firstRow: 0, nOutputs: nRows })]];
      },
    };
  },
});
