import { blockOfType, type WeightType } from "../../engine/weights/types/type-facts";
import { float4Blocks } from "./dequantize-float4";
import { iqBlocks } from "./dequantize-iq";
import { iq2Blocks } from "./dequantize-iq2";
import { kBlocks } from "./dequantize-k";
import { simpleBlocks } from "./dequantize-simple";
import { ternaryBlocks } from "./dequantize-ternary";
import type { ReadBlock } from "./read-block";

const readBlock: Readonly<Record<WeightType, ReadBlock>> = {
  ...simpleBlocks,
  ...kBlocks,
  ...iqBlocks,
  ...iq2Blocks,
  ...ternaryBlocks,
  ...float4Blocks,
};

/** The numbers a tensor's bytes mean. docs/model.md#block-formats */
export function dequantize(type: WeightType, bytes: Uint8Array): Float64Array {
  const block = blockOfType(type);
  const nBlocks = bytes.length / block.bytes;
  if (!Number.isInteger(nBlocks))
    throw new RangeError(`${bytes.length} bytes are no whole blocks of ${type}, ${block.bytes} bytes each.`);
  const y = new Float64Array(nBlocks * block.weights);
  for (let i = 0; i < nBlocks; i++) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + i * block.bytes, block.bytes);
    readBlock[type](view, y.subarray(i * block.weights, (i + 1) * block.weights));
  }
  return y;
}
