import type { Gpu } from "../../../gpu/device";
import { BLOCK_RECORD } from "../../../kernels/delta-net/delta-rule-blocks";
import {
  deltaRuleFormNames,
  deltaRuleForms,
  type DeltaRuleForm,
} from "../../../kernels/delta-net/delta-rule-forms";
import type { DeltaNetConfig } from "../../../weights/config/model-config";
import { STEP_BYTES, writeStep } from "../../../kernels/step";
import { asInputs, fill, type TrialSetup } from "./trial";
import type { TunerSubjects } from "./tune";

/** Tokens of the trial's step: a chunk as it usually is. */
const N_TOKENS = 256;
const TOLERANCE = 1e-4;

/** f32 of −2 to −1: as a, dt_bias and raw gates they give decays of 0.78 to 0.98. */
const asDecays = (bits: number) => asInputs(bits) | (1 << 31);

/** The form of the delta rule: all layers have one shape. */
export const deltaRuleSubjects = (gpu: Gpu, deltaNet: DeltaNetConfig): TunerSubjects<DeltaRuleForm> => {
  const { nKeyHeads, nValueHeads, keyDim, valueDim } = deltaNet;
  const [, ...others] = deltaRuleFormNames;
  return {
    budgetMs: 250,
    subjects: [
      {
        key: `delta rule ${nValueHeads} heads on ${nKeyHeads}, ${keyDim}×${valueDim}`,
        source: [
          JSON.stringify(deltaRuleFormNames),
          ...Object.values(deltaRuleForms).map(({ source }) => source),
        ].join(""),
        candidates: deltaRuleFormNames,
        trial: deltaRuleTrial(gpu, deltaNet),
        nameOf: (form) => deltaRuleForms[form].name,
        // A failure here comes back in the trial.
        compileAhead: () =>
          Promise.allSettled(others.map((form) => deltaRuleForms[form].compile(gpu.compiler, deltaNet))),
      },
    ],
  };
};

/**
 * The delta rule of a layer, from a state of zero when it is checked. The output is the tokens' readings and
 * then the state. A pass is as long as makes a clock of 100 µs tell 2 % apart.
 */
const deltaRuleTrial = (gpu: Gpu, deltaNet: DeltaNetConfig): TrialSetup<DeltaRuleForm> => ({
  nTokens: N_TOKENS,
  passMs: 5,
  mostRepeats: 50,
  tolerance: () => TOLERANCE,
  prepare: (buffer, scope) => {
    const { nKeyHeads, nValueHeads, keyDim, valueDim } = deltaNet;
    const filled = (name: string, nFloats: number, shape: (bits: number) => number) => {
      const range = buffer(name, nFloats * 4);
      fill(gpu, range, shape);
      return range;
    };
    const readBytes = N_TOKENS * nValueHeads * valueDim * 4; // a multiple of 256
    const stateBytes = nValueHeads * keyDim * valueDim * 4;
    const output = buffer("o, state", readBytes + stateBytes);
    const args = {
      step: buffer("step", STEP_BYTES),
      c: filled("c", N_TOKENS * (2 * nKeyHeads * keyDim + nValueHeads * valueDim), asInputs),
      projected: filled("projected", N_TOKENS * 2 * nValueHeads, asDecays),
      gates: filled("gates", 2 * nValueHeads, asDecays),
      blocks: buffer("blocks", N_TOKENS * nValueHeads * BLOCK_RECORD * 4),
      o: { ...output, sizeBytes: readBytes },
      state: { ...output, offset: readBytes, sizeBytes: stateBytes },
      nKeyHeads,
      nValueHeads,
      valueDim,
      rowStride: 2 * nValueHeads,
      bColumn: 0,
      aColumn: nValueHeads,
    };
    writeStep(gpu.device.queue, args.step, { nTokens: N_TOKENS });
    return {
      output,
      dispatches: async (form) => [
        (await deltaRuleForms[form].compile(gpu.compiler, deltaNet))(scope, "tuner", args),
      ],
    };
  },
});
