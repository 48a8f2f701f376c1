import { e4m3Values } from "../../engine/weights/safetensors/safetensors-fp8";
import { brainToNumber, float16Bits, halfToNumber } from "../../engine/weights/bytes/half-floats";
import { brainBits } from "./brain-bits";

/**
 * Layouts of quantized safetensors, as those who publish them write them. "mlx" with a number: bits of a
 * code; "mlx mixed" has all of them.
 */
export const packings = [
  ...(["mlx 4", "mlx 8", "mlx mixed", "mlx mxfp4", "mlx mxfp8", "mlx nvfp4"] as const),
  ...(["gptq", "gptq 8", "gptq zeros", "gptq act-order", "awq"] as const),
  ...([
    "compressed",
    "compressed zeros",
    "compressed 8",
    "compressed int8",
    "compressed fp8",
    "compressed fp8 whole",
    "compressed nvfp4",
    "compressed mxfp4",
    "compressed mxfp8",
    "modelopt",
    "fp8",
  ] as const),
] as const;
export type Packing = (typeof packings)[number];

export const isMlxPacking = (packing: Packing | undefined): boolean => packing?.startsWith("mlx") ?? false;

/** The `quantization_config` of a packing. */
export function packingConfig(packing: Packing): object {
  if (isMlxPacking(packing)) {
    const quantization =
      packing === "mlx mxfp4"
        ? { group_size: 32, bits: 4, mode: "mxfp4" }
        : packing === "mlx mxfp8"
          ? { group_size: 32, bits: 8, mode: "mxfp8" }
          : packing === "mlx nvfp4"
            ? { group_size: 16, bits: 4, mode: "nvfp4" }
            : { group_size: 64, bits: packing === "mlx 8" ? 8 : 4, mode: "affine" };
    return { quantization, quantization_config: quantization };
  }
  if (packing === "fp8")
    return { quantization_config: { quant_method: "fp8", fmt: "e4m3", weight_block_size: [128, 128] } };
  if (packing === "awq")
    return {
      quantization_config: {
        quant_method: "awq",
        bits: 4,
        group_size: 128,
        zero_point: true,
        version: "gemm",
      },
    };
  if (packing.startsWith("gptq"))
    return {
      quantization_config: {
        quant_method: "gptq",
        bits: packing === "gptq 8" ? 8 : 4,
        group_size: 128,
        sym: packing !== "gptq zeros",
        desc_act: packing === "gptq act-order",
      },
    };
  if (packing === "modelopt")
    return { quantization_config: { quant_method: "modelopt", quant_algo: "NVFP4" } };
  const floats = { nvfp4: "nvfp4-pack-quantized", mxfp4: "mxfp4-pack-quantized", mxfp8: "mxfp8-quantized" };
  const float = floats[packing.slice("compressed ".length) as keyof typeof floats] as string | undefined;
  if (float !== undefined)
    return { quantization_config: { quant_method: "compressed-tensors", format: float } };
  const format = packing.startsWith("compressed fp8")
    ? "float-quantized"
    : packing === "compressed int8"
      ? "int-quantized"
      : "pack-quantized";
  return { quantization_config: { quant_method: "compressed-tensors", format } };
}

export interface PackedPart {
  /** In the place of "weight" in the tensor's name. */
  readonly suffix: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export interface Packed {
  readonly parts: readonly PackedPart[];
  /** The exact values that the parts mean. */
  readonly values: Float32Array;
}

interface Matrix {
  readonly values: Float32Array;
  readonly nRows: number;
  readonly nColumns: number;
}

const bytesOf = (array: Uint16Array | Uint32Array | Int8Array) => new Uint8Array(array.buffer);
const mixedBits = [4, 8, 6, 5, 3, 2] as const;

/**
 * Rounds a matrix to what a packing can hold. Its columns are whole groups. `index` counts the model's
 * matrices.
 */
export function pack(packing: Packing, matrix: Matrix, index: number): Packed {
  switch (packing) {
    case "mlx 4":
      return packMlx(matrix, 4);
    case "mlx 8":
      return packMlx(matrix, 8);
    case "mlx mixed":
      return packMlx(matrix, mixedBits[index % mixedBits.length]!);
    case "mlx mxfp4":
      return packMxfp4(matrix, "U32", "weight", "scales");
    case "compressed mxfp4":
      return packMxfp4(matrix, "U8", "weight_packed", "weight_scale");
    case "mlx mxfp8":
      return packMxfp8(matrix, "U32", "scales");
    case "compressed mxfp8":
      return packMxfp8(matrix, "F8_E4M3", "weight_scale");
    case "mlx nvfp4":
    case "compressed nvfp4":
    case "modelopt":
      return packNvfp4(matrix, packing);
    case "gptq":
    case "gptq 8":
    case "gptq zeros":
    case "gptq act-order":
      return packGptq(matrix, packing);
    case "awq":
      return packAwq(matrix);
    case "compressed":
    case "compressed zeros":
    case "compressed 8":
    case "compressed int8":
      return packCompressed(matrix, packing);
    case "compressed fp8":
      return packFp8(matrix, [1, matrix.nColumns], "weight_scale");
    case "compressed fp8 whole":
      return packFp8(matrix, [matrix.nRows, matrix.nColumns], "weight_scale", [1]);
    case "fp8":
      return packFp8(matrix, [128, 128], "weight_scale_inv");
    default:
      return packing satisfies never;
  }
}

/** Codes as one little-endian stream of bits, a number for each bit: slow, and plainly so. */
function packBits(codes: ArrayLike<number>, bits: number): Uint32Array {
  const words = new Uint32Array((codes.length * bits) / 32);
  for (let i = 0; i < codes.length; i++)
    for (let b = 0; b < bits; b++) {
      const at = i * bits + b;
      if ((codes[i]! >> b) & 1) words[at >> 5]! |= 1 << (at & 31);
    }
  return words;
}

interface Codes {
  /** [rows, columns] */
  readonly codes: Uint8Array;
  /** [rows, groups] */
  readonly scales: Float32Array;
  /** [rows, groups] */
  readonly zeros: Uint8Array;
  readonly values: Float32Array;
}

/** w = (q − zero) scale, with the group of each column. `round` is what the scale is stored as. */
function encode(
  { values, nRows, nColumns }: Matrix,
  bits: number,
  groupOf: (column: number) => number,
  nGroups: number,
  hasZeros: boolean,
  round: (scale: number) => number,
): Codes {
  const top = (1 << bits) - 1;
  const scales = new Float32Array(nRows * nGroups);
  const zeros = new Uint8Array(nRows * nGroups).fill(1 << (bits - 1));
  const [low, high] = [new Float32Array(nRows * nGroups), new Float32Array(nRows * nGroups)];
  values.forEach((value, i) => {
    const at = Math.floor(i / nColumns) * nGroups + groupOf(i % nColumns);
    low[at] = Math.min(low[at]!, value);
    high[at] = Math.max(high[at]!, value);
  });
  scales.forEach((_, at) => {
    if (hasZeros) {
      scales[at] = round((high[at]! - low[at]!) / top);
      zeros[at] = Math.min(top, Math.max(0, Math.round(-low[at]! / scales[at])));
    } else scales[at] = round(Math.max(-low[at]!, high[at]!) / (top / 2));
  });
  const codes = new Uint8Array(values.length);
  const exact = values.map((value, i) => {
    const at = Math.floor(i / nColumns) * nGroups + groupOf(i % nColumns);
    const code = Math.min(top, Math.max(0, Math.round(value / scales[at]!) + zeros[at]!));
    codes[i] = code;
    return (code - zeros[at]!) * scales[at]!;
  });
  return { codes, scales, zeros, values: exact };
}

/** Rows as columns. */
function turn<T extends Uint8Array | Float32Array>(matrix: T, nRows: number, nColumns: number): T {
  const turned = matrix.slice() as T;
  for (let row = 0; row < nRows; row++)
    for (let c = 0; c < nColumns; c++) turned[c * nRows + row] = matrix[row * nColumns + c]!;
  return turned;
}

const roundToHalf = (value: number) => halfToNumber(float16Bits(value));
const roundToBrain = (value: number) => brainToNumber(brainBits(value));

function packMlx({ values, nRows, nColumns }: Matrix, bits: number): Packed {
  const nGroups = values.length / 64;
  const top = (1 << bits) - 1;
  const [scales, biases] = [new Uint16Array(nGroups), new Uint16Array(nGroups)];
  const codes = new Uint8Array(values.length);
  const exact = values.map((value, i) => {
    const group = Math.floor(i / 64);
    if (i % 64 === 0) {
      const those = values.subarray(i, i + 64);
      const low = Math.min(...those);
      biases[group] = brainBits(low);
      scales[group] = brainBits((Math.max(...those) - low) / top);
    }
    const [scale, bias] = [brainToNumber(scales[group]!), brainToNumber(biases[group]!)];
    codes[i] = Math.min(top, Math.max(0, Math.round((value - bias) / scale)));
    return scale * codes[i] + bias;
  });
  const shape = [nRows, nColumns / 64];
  const words = bytesOf(packBits(codes, bits));
  return {
    parts: [
      { suffix: "weight", type: "U32", shape: [nRows, (nColumns * bits) / 32], bytes: words },
      { suffix: "scales", type: "BF16", shape, bytes: bytesOf(scales) },
      { suffix: "biases", type: "BF16", shape, bytes: bytesOf(biases) },
    ],
    values: exact,
  };
}

const e2m1Values: readonly number[] = [0, 0.5, 1, 1.5, 2, 3, 4, 6];

/** The code of e2m1 that is nearest to a value, with its sign. */
function e2m1Code(value: number): number {
  const distance = (code: number) => Math.abs(e2m1Values[code]! - Math.abs(value));
  const code = e2m1Values.reduce((best, _, at) => (distance(at) < distance(best) ? at : best), 0);
  return code | (value < 0 ? 8 : 0);
}

const e2m1 = (code: number) => (code & 8 ? -1 : 1) * e2m1Values[code & 7]!;

/** The code of e4m3 that is nearest to a value from 0 to 448. */
function e4m3Code(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.max(Math.floor(Math.log2(value)), -6);
  return Math.min(8 * (exponent + 6) + Math.round(value * 2 ** (3 - exponent)), 0x7e);
}

function packNvfp4(
  { values, nRows, nColumns }: Matrix,
  packing: "mlx nvfp4" | "compressed nvfp4" | "modelopt",
): Packed {
  const isMlx = packing === "mlx nvfp4";
  const stored = Math.fround(packing === "modelopt" ? 3e-4 : 3300);
  const matrixScale = isMlx ? 1 : Math.fround(packing === "modelopt" ? stored : 1 / stored);
  const scales = new Uint8Array(values.length / 16);
  const codes = new Uint8Array(values.length);
  const exact = values.map((value, i) => {
    const group = Math.floor(i / 16);
    if (i % 16 === 0) {
      const most = Math.max(...values.subarray(i, i + 16).map(Math.abs));
      scales[group] = e4m3Code(most / 6 / matrixScale);
    }
    const scale = e4m3Values[scales[group]!]!;
    codes[i] = e2m1Code(value / scale / matrixScale);
    return e2m1(codes[i]) * scale * matrixScale;
  });
  const type = isMlx ? "U32" : "U8";
  const suffix = packing === "compressed nvfp4" ? "weight_packed" : "weight";
  const one = bytesOf(new Uint32Array(Float32Array.of(stored).buffer));
  return {
    parts: [
      {
        suffix,
        type,
        shape: [nRows, nColumns / (isMlx ? 8 : 2)],
        bytes: bytesOf(packBits(codes, 4)),
      },
      {
        suffix: isMlx ? "scales" : "weight_scale",
        type: isMlx ? "U8" : "F8_E4M3",
        shape: [nRows, nColumns / 16],
        bytes: scales,
      },
      // A number with no dimension in Model Optimizer's files, with one in the other's.
      ...(packing === "modelopt" ? [{ suffix: "weight_scale_2", type: "F32", shape: [], bytes: one }] : []),
      ...(packing === "compressed nvfp4"
        ? [{ suffix: "weight_global_scale", type: "F32", shape: [1], bytes: one }]
        : []),
    ],
    values: exact,
  };
}

function packMxfp8({ values, nRows, nColumns }: Matrix, type: "U32" | "F8_E4M3", scalesName: string): Packed {
  const exponents = new Uint8Array(values.length / 32);
  const codes = new Uint8Array(values.length);
  const exact = values.map((value, i) => {
    const block = Math.floor(i / 32);
    if (i % 32 === 0) {
      const most = Math.max(...values.subarray(i, i + 32).map(Math.abs));
      exponents[block] = 127 + Math.floor(Math.log2(most)) - 8;
    }
    const scale = 2 ** (exponents[block]! - 127);
    codes[i] = e4m3Code(Math.abs(value) / scale) | (value < 0 ? 128 : 0);
    return e4m3Values[codes[i]]! * scale;
  });
  return {
    parts: [
      { suffix: "weight", type, shape: [nRows, nColumns / (type === "U32" ? 4 : 1)], bytes: codes },
      { suffix: scalesName, type: "U8", shape: [nRows, nColumns / 32], bytes: exponents },
    ],
    values: exact,
  };
}

function packMxfp4(
  { values, nRows, nColumns }: Matrix,
  type: "U32" | "U8",
  weightName: string,
  scalesName: string,
): Packed {
  const exponents = new Uint8Array(values.length / 32);
  const codes = new Uint8Array(values.length);
  const exact = values.map((value, i) => {
    const block = Math.floor(i / 32);
    if (i % 32 === 0) {
      const most = Math.max(...values.subarray(i, i + 32).map(Math.abs));
      exponents[block] = 127 + Math.floor(Math.log2(most)) - 2;
    }
    const scale = 2 ** (exponents[block]! - 127);
    codes[i] = e2m1Code(value / scale);
    return e2m1(codes[i]) * scale;
  });
  return {
    parts: [
      {
        suffix: weightName,
        type,
        shape: [nRows, nColumns / (type === "U32" ? 8 : 2)],
        bytes: bytesOf(packBits(codes, 4)),
      },
      { suffix: scalesName, type: "U8", shape: [nRows, nColumns / 32], bytes: exponents },
    ],
    values: exact,
  };
}

function packGptq(matrix: Matrix, packing: Packing): Packed {
  const { nRows, nColumns } = matrix;
  const bits = packing === "gptq 8" ? 8 : 4;
  const nGroups = nColumns / 128;
  // Columns of a group lie apart, as they do where the largest activations come first.
  const groupOf = (column: number) =>
    packing === "gptq act-order" ? (column * 7) % nGroups : Math.floor(column / 128);
  const { codes, scales, zeros, values } = encode(
    ...([matrix, bits, groupOf, nGroups, packing === "gptq zeros", roundToHalf] as const),
  );
  const stored = turn(zeros, nRows, nGroups).map((zero) => (zero - 1) & ((1 << bits) - 1));
  const groups = Uint32Array.from({ length: nColumns }, (_, column) => groupOf(column));
  return {
    parts: [
      {
        suffix: "qweight",
        type: "I32",
        shape: [(nColumns * bits) / 32, nRows],
        bytes: bytesOf(packColumns(codes, nRows, nColumns, bits)),
      },
      {
        suffix: "qzeros",
        type: "I32",
        shape: [nGroups, (nRows * bits) / 32],
        bytes: bytesOf(packBits(stored, bits)),
      },
      halvesPart("scales", turn(scales, nRows, nGroups), [nGroups, nRows]),
      { suffix: "g_idx", type: "I32", shape: [nColumns], bytes: bytesOf(groups) },
    ],
    values,
  };
}

/** GPTQ's words: those of a row are apart by as many as there are rows. */
function packColumns(codes: Uint8Array, nRows: number, nColumns: number, bits: number): Uint32Array {
  const perWord = 32 / bits;
  const words = new Uint32Array(codes.length / perWord);
  codes.forEach((code, i) => {
    const [row, column] = [Math.floor(i / nColumns), i % nColumns];
    words[Math.floor(column / perWord) * nRows + row]! |= code << (bits * (column % perWord));
  });
  return words;
}

function packAwq(matrix: Matrix): Packed {
  const { nRows, nColumns } = matrix;
  const nGroups = nColumns / 128;
  const groupOf = (column: number) => Math.floor(column / 128);
  const { codes, scales, zeros, values } = encode(matrix, 4, groupOf, nGroups, true, roundToHalf);
  // Rows 0, 2, 4, 6, 1, 3, 5, 7 of each eight, from the lowest bits on.
  const inOrder = (turned: Uint8Array) =>
    turned.map((_, i) => turned[i - (i % 8) + [0, 2, 4, 6, 1, 3, 5, 7][i % 8]!]!);
  const words = (matrix: Uint8Array, columns: number) =>
    bytesOf(packBits(inOrder(turn(matrix, nRows, columns)), 4));
  return {
    parts: [
      { suffix: "qweight", type: "I32", shape: [nColumns, nRows / 8], bytes: words(codes, nColumns) },
      { suffix: "qzeros", type: "I32", shape: [nGroups, nRows / 8], bytes: words(zeros, nGroups) },
      halvesPart("scales", turn(scales, nRows, nGroups), [nGroups, nRows]),
    ],
    values,
  };
}

function packCompressed(matrix: Matrix, packing: Packing): Packed {
  const { nRows, nColumns } = matrix;
  const hasZeros = packing === "compressed zeros";
  const bits = packing === "compressed 8" || packing === "compressed int8" ? 8 : 4;
  const nGroups = packing === "compressed int8" ? 1 : nColumns / 32;
  const groupOf = (column: number) => Math.floor((column * nGroups) / nColumns);
  const { codes, scales, zeros, values } = encode(matrix, bits, groupOf, nGroups, hasZeros, roundToBrain);
  const weight: PackedPart =
    packing === "compressed int8"
      ? {
          suffix: "weight",
          type: "I8",
          shape: [nRows, nColumns],
          bytes: bytesOf(Int8Array.from(codes, (code) => code - 128)),
        }
      : {
          suffix: "weight_packed",
          type: "I32",
          shape: [nRows, (nColumns * bits) / 32],
          bytes: bytesOf(packBits(codes, bits)),
        };
  return {
    parts: [
      weight,
      {
        suffix: "weight_scale",
        type: "BF16",
        shape: [nRows, nGroups],
        bytes: bytesOf(Uint16Array.from(scales, brainBits)),
      },
      ...(packing === "compressed int8"
        ? []
        : [{ suffix: "weight_shape", type: "I64", shape: [2], bytes: new Uint8Array(16) }]),
      ...(hasZeros
        ? [
            {
              suffix: "weight_zero_point",
              type: "I32",
              shape: [nRows / 8, nGroups],
              bytes: bytesOf(packColumns(turn(zeros, nRows, nGroups), nGroups, nRows, 4)),
            },
          ]
        : []),
    ],
    values,
  };
}

const halvesPart = (suffix: string, values: Float32Array, shape: readonly number[]): PackedPart => ({
  suffix,
  type: "F16",
  shape,
  bytes: bytesOf(Uint16Array.from(values, float16Bits)),
});

function packFp8(
  { values, nRows, nColumns }: Matrix,
  [blockRows, blockColumns]: readonly [number, number],
  scaleName: string,
  scaleShape?: readonly number[],
): Packed {
  const blocks = [Math.ceil(nRows / blockRows), Math.ceil(nColumns / blockColumns)] as const;
  // Each block its own scale, so that a wrong block shows.
  const scales = Uint16Array.from({ length: blocks[0] * blocks[1] }, (_, i) =>
    brainBits(0.001 * (1 + (i % 7))),
  );
  const codes = new Uint8Array(values.length);
  const exact = values.map((value, i) => {
    const [row, column] = [Math.floor(i / nColumns), i % nColumns];
    const at = Math.floor(row / blockRows) * blocks[1] + Math.floor(column / blockColumns);
    const scale = brainToNumber(scales[at]!);
    codes[i] = nearestE4m3(value / scale);
    return e4m3Values[codes[i]]! * scale;
  });
  return {
    parts: [
      { suffix: "weight", type: "F8_E4M3", shape: [nRows, nColumns], bytes: codes },
      { suffix: scaleName, type: "BF16", shape: scaleShape ?? blocks, bytes: bytesOf(scales) },
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
