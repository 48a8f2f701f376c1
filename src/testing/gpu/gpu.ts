import type { KvType } from "../../ground/kv-type";
import type { GpuRange } from "../../engine/gpu/buffers";
import { encode, type Dispatch } from "../../engine/gpu/kernel";
import { kvRowBytes, type KvSegmentArgs } from "../../engine/kernels/attention/kv-type";
import { packStep, unpackStep, type Step } from "../../engine/kernels/step";
import { readBack } from "../../engine/gpu/readback";
import { openNodeGpu, type NodeAdapter } from "./node-gpu";

/** The device of this test process; the vitest project says which adapter. */
export const gpu = await openNodeGpu((process.env["GPU_ADAPTER"] as NodeAdapter | undefined) ?? "default");
export const scope = gpu.memory.scope();

const label = { layer: null, kind: "activations", name: "test" } as const;

export function upload(
  data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>,
): GpuRange {
  const range = scope.storage(label, data.byteLength);
  const padded = new Uint8Array(Math.ceil(data.byteLength / 4) * 4);
  padded.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  gpu.device.queue.writeBuffer(range.buffer, 0, padded);
  return { ...range, sizeBytes: padded.byteLength };
}

/** Room for `length` 32-bit values, all zero. */
export function empty(length: number): GpuRange {
  return { ...scope.storage(label, length * 4), sizeBytes: length * 4 };
}

/** A cache of one layer, all zero, in segments of so many tokens. */
export function emptyCache(
  kvType: KvType,
  { nKvHeads, headDim }: { readonly nKvHeads: number; readonly headDim: number },
  capacities: readonly number[],
): KvSegmentArgs[] {
  const wordsPerToken = (nKvHeads * kvRowBytes(kvType, headDim)) / 4;
  return capacities.map((capacity, i) => ({
    firstToken: capacities.slice(0, i).reduce((sum, before) => sum + before, 0),
    capacity,
    keys: empty(capacity * wordsPerToken),
    values: empty(capacity * wordsPerToken),
  }));
}

/** The step buffer of a kernel under test: of one token, at the start, unless said otherwise. */
export const uploadStep = ({ position = 0, kvLength = position, ...rest }: Partial<Step>): GpuRange =>
  upload(packStep({ nTokens: 1, capacity: 4096, position, kvLength, ...rest }));

export const downloadStep = async (range: GpuRange): Promise<Step> =>
  unpackStep(await readBack(gpu.memory, range));

export function run(dispatches: readonly Dispatch[], nTokens = 1): void {
  const encoder = gpu.device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  encode(pass, dispatches, nTokens);
  pass.end();
  gpu.device.queue.submit([encoder.finish()]);
}

export async function download(range: GpuRange): Promise<Float32Array<ArrayBuffer>> {
  return new Float32Array(await readBack(gpu.memory, range));
}
export async function downloadU32(range: GpuRange): Promise<Uint32Array<ArrayBuffer>> {
  return new Uint32Array(await readBack(gpu.memory, range));
}

/** Largest |actual − expected|, relative where the expected value is above 1. */
export function worstError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length)
    throw new RangeError(`${actual.length} values, expected ${expected.length}`);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    if (!(error <= worst)) worst = Number.isNaN(error) ? Infinity : error;
  }
  return worst;
}
