import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../gpu/kernel";
import { compileStateTrace } from "../kernels/state-trace";
import type { Model } from "../runtime/model";
import { sizesOf } from "../runtime/sizes";

/** Numbers that state-trace.wgsl gives for each head and token. */
export const TRACE_VALUES = 4;

/** Dispatches of a pass, then copies of what they left before others write over it. */
export interface CapturePart {
  readonly dispatches: readonly Dispatch[];
  readonly copies: readonly Copy[];
}

interface Copy {
  readonly from: GpuRange;
  /** Floats of a row of `from`, one for each token of the chunk, and those wanted of it. */
  readonly rowStride: number;
  readonly column: number;
  readonly nColumns: number;
  readonly to: GpuRange;
  /** Only of the last token, to the beginning of `to`; else of each, to its place in the sequence. */
  readonly isOfLast: boolean;
}

/** What is captured of a layer of each kind. */
export interface LinearCapture {
  readonly layer: number;
  /** f32 [nValueHeads, TRACE_VALUES], of the token read last. */
  readonly trace: GpuRange;
  readonly state: GpuRange;
}
export interface FullCapture {
  readonly layer: number;
  readonly norms: GpuRange;
  /** f32 [nTokens, nKvHeads, headDim] */
  readonly keys: GpuRange;
  /** f32 [nHeads, query | gate, headDim], of the token read last. */
  readonly queries: GpuRange;
}

export interface Capture {
  /** The prompt's dispatches, cut where something is copied. */
  readonly read: readonly CapturePart[];
  /** The same with a trace before each delta rule: for one token at a time. */
  readonly trace: readonly CapturePart[];
  readonly linear: readonly LinearCapture[];
  readonly full: readonly FullCapture[];
}

/** Puts capture dispatches and copies among a scratch model's own, which stay as they are. `nKeys` 0 leaves attention out. */
export async function captureOf(
  compiler: KernelCompiler,
  scope: MemoryScope,
  { config, prefill }: Model,
  nKeys: number,
): Promise<Capture> {
  const stateTrace = await compileStateTrace(compiler);
  const sizes = sizesOf(config);
  const { nKeyHeads, nValueHeads, valueDim, keyDim } = config.deltaNet;
  const { nHeads, nKvHeads, headDim } = config.attention;
  const linear: LinearCapture[] = [];
  const full: FullCapture[] = [];
  const make = (layer: number, name: string, nFloats: number) =>
    scope.storage({ layer, kind: "staging", name }, nFloats * 4);
  const [read, trace] = [new Parts(), new Parts()];

  for (const dispatch of prefill.layers) {
    const [, number, name] = /^layers\.(\d+) (.*)$/.exec(dispatch.label) ?? [];
    const layer = Number(number);
    const bound = (wanted: string) => dispatch.bindings.find((binding) => binding.name === wanted)!.range;
    if (name === "delta rule") {
      const capture = {
        layer,
        trace: make(layer, "trace", nValueHeads * TRACE_VALUES),
        state: bound("state"),
      };
      linear.push(capture);
      const inputs = {
        ...{ c: bound("c"), projected: bound("projected"), gates: bound("gates"), state: capture.state },
        ...{ bColumn: sizes.deltaNet.b, aColumn: sizes.deltaNet.a, nKeyHeads, nValueHeads, valueDim, keyDim },
      };
      trace.add(stateTrace(scope, `layers.${layer} trace`, { ...inputs, trace: capture.trace }));
    }
    read.add(dispatch);
    trace.add(dispatch);
    // A cache in several segments is stored by as many dispatches; the first says all.
    if (name === "norm, rotate, store" && nKeys > 0 && full.at(-1)?.layer !== layer) {
      const capture = {
        layer,
        norms: bound("norms"),
        keys: make(layer, "captured keys", nKeys * nKvHeads * headDim),
        queries: make(layer, "captured queries", 2 * nHeads * headDim),
      };
      full.push(capture);
      const row = { from: bound("projected"), rowStride: sizes.attention.row };
      const keys = { ...row, column: sizes.attention.k, nColumns: nKvHeads * headDim, to: capture.keys };
      const queries = { ...row, column: 0, nColumns: 2 * nHeads * headDim, to: capture.queries };
      read.cut([{ ...keys, isOfLast: false }]);
      trace.cut([
        { ...keys, isOfLast: false },
        { ...queries, isOfLast: true },
      ]);
    }
  }
  return { read: read.ended(), trace: trace.ended(), linear, full };
}

class Parts {
  readonly #parts: CapturePart[] = [];
  #dispatches: Dispatch[] = [];

  add(dispatch: Dispatch): void {
    this.#dispatches.push(dispatch);
  }
  cut(copies: readonly Copy[]): void {
    this.#parts.push({ dispatches: this.#dispatches, copies });
    this.#dispatches = [];
  }
  ended(): readonly CapturePart[] {
    if (this.#dispatches.length > 0) this.cut([]);
    return this.#parts;
  }
}

/** Encodes the copies of a chunk of `nTokens` that begins at `position`. */
export function encodeCopies(
  encoder: GPUCommandEncoder,
  copies: readonly Copy[],
  position: number,
  nTokens: number,
): void {
  for (const { from, rowStride, column, nColumns, to, isOfLast } of copies) {
    for (let t = isOfLast ? nTokens - 1 : 0; t < nTokens; t++) {
      const source = from.offset + (t * rowStride + column) * 4;
      const target = isOfLast ? 0 : (position + t) * nColumns * 4;
      encoder.copyBufferToBuffer(from.buffer, source, to.buffer, to.offset + target, nColumns * 4);
    }
  }
}
