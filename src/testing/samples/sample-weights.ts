import type { GpuRange } from "../../engine/gpu/buffers";
import { compileRepack } from "../../engine/kernels/load/repack";
import { blockOf, fileBytes, isCopy, keptFormat } from "../../engine/kernels/load/repacking";
import {
  blockWeightsOf,
  layoutOf,
  SPAN_WEIGHTS,
  weightFormats,
  type WeightFormat,
} from "../../engine/kernels/products/weight-format";
import { empty, gpu, run, scope, upload } from "../gpu/gpu";
import { Random } from "../../ground/random";
import { blockOfType, weightTypeNames, type WeightType } from "../../engine/weights/types/type-facts";
import { finishSample } from "./draw-blocks";

/**
 * Raw blocks of random bits: every code and every small scale occurs. The f16 scales are finite: near 2⁻⁶ of
 * either sign, or with `extreme`, any finite f16 with subnormals among them. Plain formats are numbers of
 * every finite exponent if `extreme`, else near 1.
 */
export function sampleBlocks(
  type: WeightType,
  nSpans: number,
  seed: number,
  extreme = false,
): Uint8Array<ArrayBuffer> {
  const random = new Random(seed);
  const raw = Uint8Array.from({ length: fileBytes(type, nSpans) }, () => random.u32() >>> 24);
  const view = new DataView(raw.buffer);
  const half = (at: number, mask: number, exponent: number) =>
    view.setUint16(at, (view.getUint16(at, true) & ~mask) | exponent, true);
  // Keeps sign and fraction; `extreme` keeps the exponent too, but for its lowest bit where that makes an
  // infinity.
  const finite = (at: number, mask: number, usual: number, lowest: number) => {
    const isInfinite = (view.getUint16(at, true) & mask) === mask;
    if (!extreme) half(at, mask, usual);
    else if (isInfinite) half(at, lowest, 0);
  };
  if (type === "F32") for (let at = 2; at < raw.length; at += 4) finite(at, 0x7f80, 0x3f80, 0x0080);
  else if (type === "BF16") for (let at = 0; at < raw.length; at += 2) finite(at, 0x7f80, 0x3f80, 0x0080);
  else if (type === "F16") for (let at = 0; at < raw.length; at += 2) finite(at, 0x7c00, 0x3c00, 0x0400);
  const { bytes, scales } = blockOfType(type);
  for (let block = 0; block < raw.length; block += bytes) {
    for (const at of scales) finite(block + at, 0x7c00, 0x2400, 0x0400);
    finishSample[type]?.(view, block, extreme);
  }
  return raw;
}

/** Raw blocks on the GPU, as the repacking kernels take them. */
export function uploadBlocks(raw: Uint8Array): GpuRange {
  const padded = new Uint8Array(Math.ceil(raw.length / 16) * 16);
  padded.set(raw);
  return upload(padded);
}

/** The planes of raw blocks: copied, or made by the repacking kernel in one slice. */
export async function repackOnGpu(
  from: WeightType,
  raw: Uint8Array<ArrayBuffer>,
  to = keptFormat(from),
): Promise<GpuRange> {
  if (isCopy({ from, to })) return upload(raw);
  const { bytes, weights } = blockOf({ from, to });
  const nBlocks = raw.length / bytes;
  const nSpans = (nBlocks * weights) / SPAN_WEIGHTS;
  const repack = await compileRepack(gpu.compiler, { from, to });
  const planes = empty(layoutOf(to, nSpans).sizeBytes / 4);
  run([repack(scope, "repack", { raw: uploadBlocks(raw), planes, nSpans, firstBlock: 0, nBlocks })]);
  return planes;
}

/** A type of the file that becomes this format, in blocks that a row of whole ones of the format holds. */
export function fileTypeOf(format: WeightFormat): WeightType {
  return weightTypeNames.find(
    (type) => keptFormat(type) === format && blockWeightsOf(format) % blockOfType(type).weights === 0,
  )!;
}

/** Each format with the K of a row of so many spans, or of the next whole block. */
export function formatsWithK(spans: number): [WeightFormat, number][] {
  return weightFormats.map((format) => {
    const weights = blockWeightsOf(format);
    return [format, Math.ceil((spans * SPAN_WEIGHTS) / weights) * weights];
  });
}
