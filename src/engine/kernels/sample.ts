import sampleSelect from "../../../shaders/lib/sample/select.wgsl?raw";
import sampling from "../../../shaders/lib/sample/sampling.wgsl?raw";
import stepFile from "../../../shaders/lib/step.wgsl?raw";
import sampleDraw from "../../../shaders/sample-draw.wgsl?raw";
import samplePrepare from "../../../shaders/sample-prepare.wgsl?raw";
import type { SamplingControls } from "../../ground/sampling";
import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../gpu/kernel";

/** Logits a workgroup of sample-prepare looks at. */
export const SAMPLE_BLOCK = 1024;
export const MAX_STOP_IDS = 16;
/** Bytes of `Sampling` in shaders/lib/sample/sampling.wgsl. */
export const SAMPLING_BYTES = 4 * (9 + MAX_STOP_IDS);

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

/** The values that sample-draw reads, in the order of `Sampling` in shaders/lib/sample/sampling.wgsl. */
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
  if (values.stopIds.length > MAX_STOP_IDS) {
    throw new RangeError(`${values.stopIds.length} stop ids; at most ${MAX_STOP_IDS} fit.`);
  }
  const bytes = new Uint8Array(SAMPLING_BYTES);
  const view = new DataView(bytes.buffer);
  view.setFloat32(0, values.temperature, true);
  view.setUint32(4, values.topK, true);
  view.setFloat32(8, values.topP, true);
  view.setFloat32(12, values.minP, true);
  view.setFloat32(16, values.presencePenalty, true);
  view.setFloat32(20, values.repetitionPenalty, true);
  view.setUint32(24, values.seed, true);
  view.setUint32(28, Math.min(values.maxNewTokens, 0xffffffff), true);
  view.setUint32(32, values.stopIds.length, true);
  values.stopIds.forEach((id, i) => view.setUint32(36 + 4 * i, id, true));
  return bytes;
}

/**
 * Two dispatches after the head. Equations, order of the filters and shapes: shaders/sample-prepare.wgsl,
 * sample-draw.wgsl.
 */
export async function compileSample(compiler: KernelCompiler) {
  const [prepare, draw] = await Promise.all([
    compiler.compile({
      label: "sample-prepare",
      files: [stepFile, sampling, samplePrepare],
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
