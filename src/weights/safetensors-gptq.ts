import type { ByteSource } from "./byte-source";
import { float16Bits, plainToF32, type PlainType } from "./half-floats";
import { runsOf, type HeadOrder } from "./head-order";
import { refuse } from "./hf-fields";
import type { SafetensorsTensor } from "./safetensors";
import { moveBlocks, rowTensor, type ReadRows, type StreamedTensor } from "./streamed-tensor";

const blockWeights = 32;
const blockBytes = 18; // Q4_0: d f16, 16 bytes of nibbles
const readBytes = 4 << 20;

/** A matrix lies column by column, so it is read whole; the largest of a 27B takes 45 MB. */
export const maxGptqBytes = 96 << 20;

export interface GptqParts {
  /** i32 [columns / 8, rows]: eight codes of neighbouring columns a word, the first in the lowest bits. */
  readonly qweight: SafetensorsTensor;
  /** i32 [columns / groupSize, rows / 8], all `storedZero`. */
  readonly qzeros: SafetensorsTensor;
  /** F16 or BF16 [columns / groupSize, rows]. */
  readonly scales: SafetensorsTensor;
  readonly groupSize: number;
  readonly storedZero: number;
}

interface Loaded {
  readonly words: Uint32Array;
  /** f16 bits. */
  readonly scales: Uint16Array;
}

/** Symmetric GPTQ, w = (q − 8) scale, as Q4_0 blocks: the same codes and scales. What BF16 scales become: see mlxMatrix. */
export function gptqMatrix(
  source: ByteSource,
  { qweight, qzeros, scales, groupSize, storedZero }: GptqParts,
  [nRows, nColumns]: readonly [number, number],
  order: HeadOrder | undefined,
): StreamedTensor {
  if (qweight.sizeBytes > maxGptqBytes)
    refuse(
      `Tensor "${qweight.name}" has ${qweight.sizeBytes} bytes; up to ${maxGptqBytes} are turned round.`,
    );
  const nBlocks = nColumns / blockWeights;
  const rowBytes = nBlocks * blockBytes;

  async function load(): Promise<Loaded> {
    const zeros = new Uint32Array((await readWhole(source, qzeros)).buffer);
    const wanted = storedZero * 0x11111111;
    const other = zeros.find((word) => word !== wanted);
    if (other !== undefined)
      refuse(
        `Tensor "${qzeros.name}" holds 0x${other.toString(16)}; this app reads symmetric GPTQ, 0x${wanted.toString(16)}.`,
      );
    const halves = plainToF32(scales.type as PlainType, await readWhole(source, scales));
    const words = new Uint32Array((await readWhole(source, qweight)).buffer);
    return { words, scales: Uint16Array.from(halves, float16Bits) };
  }

  let loaded: Promise<Loaded> | undefined;
  const readRows: ReadRows = async (first, count) => {
    loaded ??= load();
    const { words, scales: d } = await loaded;
    if (first + count === nRows) loaded = undefined; // the last rows: nobody comes back for this matrix
    const rows = new Uint8Array(count * rowBytes);
    for (const { at, inFile, length } of runsOf(order?.axis === "rows" ? order : undefined, first, count))
      for (let i = 0; i < length; i++) {
        const row = (at - first + i) * rowBytes;
        for (let block = 0; block < nBlocks; block++) {
          const start = row + block * blockBytes;
          const half = d[Math.floor((block * blockWeights) / groupSize) * nRows + inFile + i]!;
          rows[start] = half;
          rows[start + 1] = half >> 8;
          const word = (j: number) => words[(block * 4 + j) * nRows + inFile + i]!;
          packWords(rows, start + 2, word(0), word(2));
          packWords(rows, start + 10, word(1), word(3));
        }
      }
    return order?.axis === "columns" ? moveBlocks(rows, rowBytes, blockBytes, order) : rows;
  };
  return rowTensor("Q4_0", qweight.offset, nRows, rowBytes, readRows);
}

/** Eight bytes with the codes of one word in their low nibbles and of another in the high ones. */
function packWords(to: Uint8Array, at: number, low: number, high: number): void {
  for (let j = 0; j < 8; j++) to[at + j] = ((low >>> (4 * j)) & 15) | (((high >>> (4 * j)) & 15) << 4);
}

async function readWhole(
  source: ByteSource,
  { offset, sizeBytes }: SafetensorsTensor,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(sizeBytes);
  for (let at = 0; at < sizeBytes; at += readBytes)
    bytes.set(await source.read(offset + at, Math.min(readBytes, sizeBytes - at)), at);
  return bytes;
}
