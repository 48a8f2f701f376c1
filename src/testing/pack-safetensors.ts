import { e4m3Values } from "../weights/safetensors-fp8";
import { brainToNumber, float16Bits, halfToNumber } from "../weights/half-floats";
import { brainBits } from "./brain-bits";

export type Packing = "mlx" | "gptq" | "fp8";

/** What config.json says of a packing. */
export const packingConfigs: Readonly<Record<Packing, object>> = {
  mlx: { quantization: { group_size: 64, bits: 4 }, quantization_config: { group_size: 64, bits: 4 } },
  gptq: {
    quantization_config: { quant_method: "gptq", bits: 4, group_size: 128, sym: true, desc_act: false },
  },
  fp8: { quantization_config: { quant_method: "fp8", fmt: "e4m3", weight_block_size: [128, 128] } },
};

export interface PackedPart {
  /** In the place of "weight" in the tensor's name. */
  readonly suffix: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export interface Packed {
  readonly parts: readonly PackedPart[];
  /** What the parts mean, exactly. */
  readonly values: Float32Array;
}

const bytesOf = (array: Uint16Array | Uint32Array) => new Uint8Array(array.buffer);

/** Rounds a matrix to what a packing can hold. Its columns are whole groups. */
export function pack(packing: Packing, values: Float32Array, nRows: number, nColumns: number): Packed {
  return { mlx: packMlx, gptq: packGptq, fp8: packFp8 }[packing](values, nRows, nColumns);
}

function packMlx(values: Float32Array, nRows: number, nColumns: number): Packed {
  const nGroups = values.length / 64;
  const [scales, biases] = [new Uint16Array(nGroups), new Uint16Array(nGroups)];
  const words = new Uint32Array(values.length / 8);
  const exact = values.map((value, i) => {
    const group = Math.floor(i / 64);
    if (i % 64 === 0) {
      const those = values.subarray(i, i + 64);
      const low = Math.min(...those);
      biases[group] = brainBits(low);
      scales[group] = brainBits((Math.max(...those) - low) / 15);
    }
    const [scale, bias] = [brainToNumber(scales[group]!), brainToNumber(biases[group]!)];
    const q = Math.min(15, Math.max(0, Math.round((value - bias) / scale)));
    words[i >> 3]! |= q << (4 * (i & 7));
    return scale * q + bias;
  });
  const shape = [nRows, nColumns / 64];
  return {
    parts: [
      { suffix: "weight", type: "U32", shape: [nRows, nColumns / 8], bytes: bytesOf(words) },
      { suffix: "scales", type: "BF16", shape, bytes: bytesOf(scales) },
      { suffix: "biases", type: "BF16", shape, bytes: bytesOf(biases) },
    ],
    values: exact,
  };
}

function packGptq(values: Float32Array, nRows: number, nColumns: number): Packed {
  const nGroups = nColumns / 128;
  const scales = new Uint16Array(nGroups * nRows);
  const words = new Uint32Array(values.length / 8);
  const exact = values.map((value, i) => {
    const [row, column] = [Math.floor(i / nColumns), i % nColumns];
    const at = Math.floor(column / 128) * nRows + row;
    if (column % 128 === 0) {
      const largest = Math.max(...values.subarray(i, i + 128).map(Math.abs));
      scales[at] = float16Bits(largest / 7.5);
    }
    const scale = halfToNumber(scales[at]!);
    const q = Math.min(15, Math.max(0, Math.round(value / scale) + 8));
    words[(column >> 3) * nRows + row]! |= q << (4 * (column & 7));
    return scale * (q - 8);
  });
  const zeros = new Uint32Array((nGroups * nRows) / 8).fill(0x77777777);
  return {
    parts: [
      { suffix: "qweight", type: "I32", shape: [nColumns / 8, nRows], bytes: bytesOf(words) },
      { suffix: "qzeros", type: "I32", shape: [nGroups, nRows / 8], bytes: bytesOf(zeros) },
      { suffix: "scales", type: "F16", shape: [nGroups, nRows], bytes: bytesOf(scales) },
      { suffix: "g_idx", type: "I32", shape: [nColumns], bytes: new Uint8Array(4 * nColumns) },
    ],
    values: exact,
  };
}

function packFp8(values: Float32Array, nRows: number, nColumns: number): Packed {
  const blocks = [Math.ceil(nRows / 128), Math.ceil(nColumns / 128)] as const;
  // Each block its own scale, so that a wrong block shows.
  const scales = Uint16Array.from({ length: blocks[0] * blocks[1] }, (_, i) =>
    brainBits(0.001 * (1 + (i % 7))),
  );
  const codes = new Uint8Array(values.length);
  const exact = values.map((value, i) => {
    const [row, column] = [Math.floor(i / nColumns), i % nColumns];
    const scale = brainToNumber(scales[Math.floor(row / 128) * blocks[1] + Math.floor(column / 128)]!);
    codes[i] = nearestE4m3(value / scale);
    return e4m3Values[codes[i]]! * scale;
  });
  return {
    parts: [
      { suffix: "weight", type: "F8_E4M3", shape: [nRows, nColumns], bytes: codes },
      { suffix: "weight_scale_inv", type: "BF16", shape: blocks, bytes: bytesOf(scales) },
    ],
    values: exact,
  };
}

function nearestE4m3(value: number): number {
  let [low, high] = [0, 0x7e]; // magnitudes rise with their bits
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (e4m3Values[middle]! <= Math.abs(value)) low = middle;
    else high = middle - 1;
  }
  return low | (value < 0 ? 0x80 : 0);
}
