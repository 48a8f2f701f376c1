import type { GpuRange, MemoryScope } from "../../engine/gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../engine/gpu/kernel";
import { compileStateTrace } from "../../engine/kernels/delta-net/state-trace";
import type { Model } from "../../engine/runtime/model";
import { sizesOf } from "../../engine/runtime/shape/sizes";

/** Numbers that state-trace.wgsl gives for each head and token. */
export const TRACE_VALUES = 4;

/** Dispatches of a pass, then copies of what they left before others write over it. */
export interface CapturePart {
  readonly dispatches: readonly Dispatch[];
  readonly copies: readonly Copy[];
}

interface Copy {
  readonly from: GpuRange;
  readonly to: GpuRange;
}

/** The captured state of a layer of each kind. */
export interface LinearCapture {
  readonly layer: number;
  /** f32 [nValueHeads, TRACE_VALUES], of the token read last. */
  readonly trace: GpuRange;
  readonly state: GpuRange;
}
export interface FullCapture {
  readonly layer: number;
  /** f32 [qNorm: headDim | kNorm: headDim] */
  readonly norms: GpuRange;
  /** f32 [nHeads, query | gate, headDim], of the token read last. */
  readonly queries: GpuRange;
}

export interface Capture {
  /**
   * The prompt's dispatches, for one token at a time, with a trace before each delta rule, and cut where
   * something is copied.
   */
  readonly trace: readonly CapturePart[];
  readonly linear: readonly LinearCapture[];
  readonly full: readonly FullCapture[];
}

/**
 * Puts capture dispatches and copies among a scratch model's own, which stay as they are. `nKeys` 0 leaves
 * attention out.
 */
export async function captureOf(
  compiler: KernelCompiler,
  scope: MemoryScope,
  { config, prefill }: Model,
): Promise<Capture> {
  const stateTrace = await compileStateTrace(compiler);
  const sizes = sizesOf(config);
  const { nKeyHeads, nValueHeads, valueDim, keyDim } = config.deltaNet;
  const { nHeads, headDim } = config.attention;
  const linear: LinearCapture[] = [];
  const full: FullCapture[] = [];
  const make = (layer: number, name: string, nFloats: number) =>
    scope.storage({ layer, kind: "staging", name }, nFloats * 4);
  const trace = new Parts();

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
        c: bound("c"),
        projected: bound("projected"),
        gates: bound("gates"),
        state: capture.state,
        bColumn: sizes.deltaNet.b,
        aColumn: sizes.deltaNet.a,
        nKeyHeads,
        nValueHeads,
        valueDim,
        keyDim,
      };
      trace.add(stateTrace(scope, `layers.${layer} trace`, { ...inputs, trace: capture.trace }));
    }
    trace.add(dispatch);
    // A cache in several segments is stored by as many dispatches; the first says all.
    if (name === "norm, rotate, store" && full.at(-1)?.layer !== layer) {
      const capture = {
        layer,
        norms: bound("norms"),
        queries: make(layer, "captured queries", 2 * nHeads * headDim),
      };
      full.push(capture);
      trace.cut([{ from: bound("projected"), to: capture.queries }]); // queries come first in a row
    }
  }
  return { trace: trace.ended(), linear, full };
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

/** Encodes the copies of what one token left. */
export function encodeCopies(encoder: GPUCommandEncoder, copies: readonly Copy[]): void {
  for (const { from, to } of copies)
    encoder.copyBufferToBuffer(from.buffer, from.offset, to.buffer, to.offset, to.sizeBytes);
}
