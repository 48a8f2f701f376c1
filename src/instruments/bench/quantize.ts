import type { Gpu } from "../../engine/gpu/device";
import { PassTimer } from "../../engine/gpu/pass-timer";
import { blockOf } from "../../engine/kernels/load/repacking";
import { compileRepack } from "../../engine/kernels/load/repack";
import { layoutOf, SPAN_WEIGHTS } from "../../engine/kernels/products/weight-format";
import { quantizedTypes, type QuantizedType } from "../../engine/weights/types/type-facts";
import { Random } from "../../ground/random";
import { formatBytes } from "../../ground/figures";

const REPEATS = 5;

export interface QuantizeRate {
  readonly format: QuantizedType;
  /** The rate at which BF16 is read. */
  readonly megabytesPerSecond: number;
}

export interface QuantizeReport {
  /** BF16 of one dispatch. */
  readonly bytes: number;
  readonly clock: PassTimer["source"];
  readonly rates: readonly QuantizeRate[];
}

/**
 * Times the quantizing shaders alone, on weights drawn from a normal distribution: how far they bound a load
 * from safetensors. Each dispatch takes as much as a slice of the loader does, `sizeBytes` of BF16; the best
 * of five counts.
 */
export async function measureQuantize(gpu: Gpu, sizeBytes: number): Promise<QuantizeReport> {
  const scope = gpu.memory.scope();
  const label = (name: string) => ({ layer: null, kind: "staging", name }) as const;
  const timer = await PassTimer.create(gpu, scope);
  try {
    const raw = scope.storage(label("bench weights"), sizeBytes);
    gpu.device.queue.writeBuffer(raw.buffer, raw.offset, normalBrainFloats(sizeBytes));
    const rates: QuantizeRate[] = [];
    for (const format of quantizedTypes) {
      const repacking = { from: "BF16", to: format } as const;
      const repack = await compileRepack(gpu.compiler, repacking);
      const nSpans = sizeBytes / 2 / SPAN_WEIGHTS;
      const planes = scope.storage(label(`bench ${format}`), layoutOf(format, nSpans).sizeBytes);
      const nBlocks = sizeBytes / blockOf(repacking).bytes;
      const dispatch = repack(scope, "bench", { raw, planes, nSpans, firstBlock: 0, nBlocks });
      await timer.time([dispatch]); // the first run compiles what the driver put off
      let ms = Infinity;
      for (let i = 0; i < REPEATS; i++) ms = Math.min(ms, await timer.time([dispatch]));
      rates.push({ format, megabytesPerSecond: sizeBytes / ms / 1e3 });
    }
    return { bytes: sizeBytes, clock: timer.source, rates };
  } finally {
    timer.dispose();
    scope.dispose();
  }
}

export const describeQuantize = ({ bytes, clock, rates }: QuantizeReport): string =>
  [
    `quantize   ${formatBytes(bytes)} of BF16 a dispatch, timed by ${clock}`,
    ...rates.map(
      ({ format, megabytesPerSecond }) =>
        `  BF16 to ${format}   ${formatBytes(megabytesPerSecond * 1e6).padStart(8)}/s`,
    ),
  ].join("\n");

function normalBrainFloats(sizeBytes: number): Uint16Array<ArrayBuffer> {
  const random = new Random(1);
  const pattern = new Float32Array(4096).map(() => random.normal() * 0.02);
  const bits = new Uint32Array(pattern.buffer);
  // Truncated: which bfloat16 is nearest does not matter to the time.
  return new Uint16Array(sizeBytes / 2).map((_, i) => bits[i % bits.length]! >>> 16);
}
