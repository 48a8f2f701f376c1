import source from "../../../../shaders/delta-net/delta-net-token.wgsl?raw";
import activation from "../../../../shaders/lib/activation.wgsl?raw";
import stepFile from "../../../../shaders/lib/step.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";

export interface DeltaNetShape {
  readonly nKeyHeads: number;
  readonly nValueHeads: number;
  /** 32, 64 or 128. */
  readonly keyDim: number;
  /** A multiple of 32, at most 256. */
  readonly valueDim: number;
}

export interface DeltaNetTokenArgs {
  readonly step: GpuRange;
  /** f32 [q | k | v; z, b and a from their columns on]; columns of qkv and z are multiples of 4. */
  readonly projected: GpuRange;
  /** f32 [channels of qkv, 4] */
  readonly taps: GpuRange;
  /** f32 [a: nValueHeads | dtBias: nValueHeads] */
  readonly gates: GpuRange;
  /** f32 [valueDim] */
  readonly norm: GpuRange;
  /** f32 [4, channels of qkv], kept between steps. */
  readonly ring: GpuRange;
  /** f32 [nValueHeads, keyDim / 4, valueDim, 4], kept between steps. */
  readonly state: GpuRange;
  /** f32 [nValueHeads, valueDim] */
  readonly y: GpuRange;
  readonly zColumn: number;
  readonly bColumn: number;
  readonly aColumn: number;
  readonly eps: number;
}

const MAX_LANES = 256;
/**
 * Parts of a row of the state at most: with 8, a row of 128 is 4 vec4s in each of them, and there are lanes
 * for 32 rows.
 */
const MAX_PARTS = 8;

/** Equation and shapes: shaders/delta-net/delta-net-token.wgsl. */
export async function compileDeltaNetToken(compiler: KernelCompiler, shape: DeltaNetShape) {
  const { keyDim, valueDim, nKeyHeads, nValueHeads } = shape;
  let parts = MAX_PARTS;
  while (parts * valueDim > MAX_LANES) parts /= 2;
  const kernel = await compiler.compile({
    label: "delta-net-token",
    files: [stepFile, activation, source],
    constants: { KEY_DIM: keyDim, VALUE_DIM: valueDim, PARTS: parts },
    params: {
      nKeyHeads: "u32",
      nValueHeads: "u32",
      zColumn: "u32",
      bColumn: "u32",
      aColumn: "u32",
      eps: "f32",
    },
    buffers: {
      step: "read",
      projected: "read",
      taps: "read",
      gates: "read",
      norm: "read",
      ring: "read_write",
      state: "read_write",
      y: "read_write",
    },
  });
  return (scope: MemoryScope, label: string, args: DeltaNetTokenArgs): Dispatch =>
    kernel.dispatch(scope, label, { ...args, nKeyHeads, nValueHeads }, [nValueHeads]);
}
