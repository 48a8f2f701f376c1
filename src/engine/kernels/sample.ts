import sampleSelect from "../../../shaders/lib/sample/select.wgsl?raw";
import sampling from "../../../shaders/lib/sample/sampling.wgsl?raw";
import stepFile from "../../../shaders/lib/step.wgsl?raw";
import sampleDraw from "../../../shaders/sample-draw.wgsl?raw";
import samplePrepare from "../../../shaders/sample-prepare.wgsl?raw";
import type { SamplingControls } from "../../ground/sampling";
import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../gpu/kernel";
import { packStruct, sizeOfLayout } from "../gpu/struct-layout";
import { halts } from "./step";

/** Logits a workgroup of sample-prepare looks at: BLOCK in the shaders. */
export const SAMPLE_BLOCK = 1024;
export const MAX_STOP_IDS = 16;

/** `struct Sampling` of shaders/lib/sample/sampling.wgsl, which says what the fields are. */
export const samplingLayout = {
  temperature: "f32",
  topK: "u32",
  topP: "f32",
  minP: "f32",
  presencePenalty: "f32",
  repetitionPenalty: "f32",
  seed: "u32",
  maxNewTokens: "u32",
  nStopIds: "u32",
  stopIds: { count: MAX_STOP_IDS, of: "u32" },
} as const;

export const SAMPLING_BYTES = sizeOfLayout(samplingLayout);

export interface SampleArgs {
  readonly step: GpuRange;
  readonly sampling: GpuRange;
  /** u32 [vocabSize], flags 1: in prompt or answer, 2: in this answer. */
  readonly seen: GpuRange;
  /** f32 [vocabSize], changed by the penalties. */
  readonly logits: GpuRange;
  /** u32 [ceil(vocabSize / SAMPLE_BLOCK), 2] */
  readonly blockBest: GpuRange;
  /** u32; the drawn id is written to the first. */
  readonly tokens: GpuRange;
  readonly vocabSize: number;
}

/** The settings by which the next token is drawn. */
export interface SamplingValues extends SamplingControls {
  /** u32 */
  readonly seed: number;
  readonly maxNewTokens: number;
  /** At most MAX_STOP_IDS. */
  readonly stopIds: readonly number[];
}

/** Always the most probable id; nothing ends it before `maxNewTokens`. */
export const greedySampling: Omit<SamplingValues, "maxNewTokens"> = {
  temperature: 0,
  topK: 0,
  topP: 1,
  minP: 0,
  presencePenalty: 0,
  repetitionPenalty: 1,
  seed: 1,
  stopIds: [],
};

export function packSampling(values: SamplingValues): Uint8Array<ArrayBuffer> {
  return packStruct(samplingLayout, {
    ...values,
    topK: values.topK >>> 0,
    seed: values.seed >>> 0,
    maxNewTokens: Math.min(values.maxNewTokens, 0xffffffff),
    nStopIds: values.stopIds.length,
  });
}

/** Flags of `seen`, which shaders/lib/sample/sampling.wgsl explains. */
export const seenFlags = { SEEN: 1, GENERATED: 2 } as const;

const haltConstants = Object.fromEntries(
  Object.entries(halts).map(([name, value]) => [`HALT_${name}`, value] as const),
);

/**
 * Two dispatches after the head. Equations, order of the filters and shapes: shaders/sample-prepare.wgsl,
 * sample-draw.wgsl.
 */
export async function compileSample(compiler: KernelCompiler) {
  const [prepare, draw] = await Promise.all([
    compiler.compile({
      label: "sample-prepare",
      files: [stepFile, sampling, samplePrepare],
      constants: { BLOCK: SAMPLE_BLOCK, ...seenFlags },
      params: { vocabSize: "u32" },
      buffers: {
        step: "read",
        sampling: "read",
        seen: "read",
        logits: "read_write",
        blockBest: "read_write",
      },
    }),
    compiler.compile({
      label: "sample-draw",
      files: [stepFile, sampling, sampleSelect, sampleDraw],
      constants: { BLOCK: SAMPLE_BLOCK, ...seenFlags, ...haltConstants },
      params: { vocabSize: "u32", nBlocks: "u32" },
      buffers: {
        sampling: "read",
        logits: "read",
        blockBest: "read",
        step: "read_write",
        tokens: "read_write",
        seen: "read_write",
      },
    }),
  ]);
  return (scope: MemoryScope, args: SampleArgs): readonly Dispatch[] => {
    const nBlocks = Math.ceil(args.vocabSize / SAMPLE_BLOCK);
    return [
      prepare.dispatch(scope, "sample-prepare", args, [nBlocks]),
      draw.dispatch(scope, "sample-draw", { ...args, nBlocks }, [1]),
    ];
  };
}
