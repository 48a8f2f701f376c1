import { blockOfType, type WeightType } from "../../weights/types/type-facts";
import dotF16 from "../../../../shaders/lib/dot/f16.wgsl?raw";
import dotF32 from "../../../../shaders/lib/dot/f32.wgsl?raw";
import dotInt8 from "../../../../shaders/lib/dot/int8.wgsl?raw";
import dotMlxQ8 from "../../../../shaders/lib/dot/mlx_q8.wgsl?raw";
import dotPlain from "../../../../shaders/lib/dot/plain.wgsl?raw";
import affine from "../../../../shaders/lib/weight/parts/affine.wgsl?raw";
import bf16 from "../../../../shaders/lib/weight/bf16.wgsl?raw";
import codes from "../../../../shaders/lib/weight/parts/codes.wgsl?raw";
import dm from "../../../../shaders/lib/weight/parts/dm.wgsl?raw";
import dz from "../../../../shaders/lib/weight/parts/dz.wgsl?raw";
import f16 from "../../../../shaders/lib/weight/f16.wgsl?raw";
import f32 from "../../../../shaders/lib/weight/f32.wgsl?raw";
import fifth from "../../../../shaders/lib/weight/parts/fifth.wgsl?raw";
import halves from "../../../../shaders/lib/weight/parts/halves.wgsl?raw";
import mlx_q8 from "../../../../shaders/lib/weight/mlx_q8.wgsl?raw";
import nvfp4 from "../../../../shaders/lib/weight/nvfp4.wgsl?raw";
import pairCodes from "../../../../shaders/lib/weight/parts/pair-codes.wgsl?raw";
import pairs from "../../../../shaders/lib/weight/parts/pairs.wgsl?raw";
import pq2_0 from "../../../../shaders/lib/weight/pq2_0.wgsl?raw";
import ptq1_0 from "../../../../shaders/lib/weight/ptq1_0.wgsl?raw";
import q1_0 from "../../../../shaders/lib/weight/q1_0.wgsl?raw";
import q2_0 from "../../../../shaders/lib/weight/q2_0.wgsl?raw";
import q2_k from "../../../../shaders/lib/weight/q2_k.wgsl?raw";
import q3_k from "../../../../shaders/lib/weight/q3_k.wgsl?raw";
import q3_table from "../../../../shaders/lib/weight/q3_table.wgsl?raw";
import q4_0 from "../../../../shaders/lib/weight/q4_0.wgsl?raw";
import q4_1 from "../../../../shaders/lib/weight/q4_1.wgsl?raw";
import q4_k from "../../../../shaders/lib/weight/q4_k.wgsl?raw";
import q4_table from "../../../../shaders/lib/weight/q4_table.wgsl?raw";
import q5_1 from "../../../../shaders/lib/weight/q5_1.wgsl?raw";
import q5_k from "../../../../shaders/lib/weight/q5_k.wgsl?raw";
import q6_k from "../../../../shaders/lib/weight/q6_k.wgsl?raw";
import q8_0 from "../../../../shaders/lib/weight/q8_0.wgsl?raw";
import tableOfCodes from "../../../../shaders/lib/weight/parts/table.wgsl?raw";
import record from "../../../../shaders/lib/weight/parts/record.wgsl?raw";
import signedBytes from "../../../../shaders/lib/weight/parts/signed.wgsl?raw";
import unsignedBytes from "../../../../shaders/lib/weight/parts/unsigned.wgsl?raw";

/** 32 consecutive weights of a row: the unit that views read and kernels count in. */
export const SPAN_WEIGHTS = 32;

interface FormatFacts {
  /** Bits of each plane per span, in the order they lie. */
  readonly planes: Readonly<Record<string, number>>;
  /** Bytes of a table before the planes, one for the whole piece. */
  readonly tableBytes?: number;
  /** Weights of a block, where no type has the format's name. */
  readonly blockWeights?: number;
  readonly view: string;
  /** The product, where it has one of its own and in f32 alone: lib/dot. */
  readonly dot?: string;
}

const format = (planes: Readonly<Record<string, number>>, ...files: readonly string[]): FormatFacts => ({
  planes,
  view: files.join("\n"),
});

/** The parts that views with codes share, by whether a code may be negative. */
const signed = `${affine}\n${codes}\n${signedBytes}`;
const unsigned = `${affine}\n${codes}\n${unsignedBytes}`;

/**
 * The formats of weights on the GPU: codes and scales, in planes of 16-byte units. A format that keeps a type
 * of the file as it is has its name. Q4_TABLE, 16 values with an f32 scale, and Q3_TABLE, 8 values with
 * scales of int8, serve every type whose codes mean the entries of a table; MLX_Q8 and AWQ_Q4 are what
 * safetensors have and no type of ggml's holds.
 */
const formats = {
  F32: format({ values: 1024 }, f32),
  F16: format({ values: 512 }, f16, halves),
  BF16: format({ values: 512 }, bf16, halves),
  Q8_0: format({ codes: 256, d: 16 }, q8_0, signed),
  Q4_0: format({ codes: 128, d: 16 }, q4_0, unsigned),
  Q4_1: format({ codes: 128, records: 32 }, q4_1, dm, unsigned),
  Q5_1: format({ codes: 128, records: 32, highBits: 32 }, q5_1, fifth, dm, unsigned),
  Q2_K: format({ pairs: 64, scales: 16, d: 4 }, q2_k, pairCodes, pairs, unsigned),
  Q3_K: format({ pairs: 64, highBits: 32, scales: 16, d: 2 }, q3_k, pairs, unsigned),
  Q4_K: format({ codes: 128, records: 16 }, q4_k, record, unsigned),
  Q5_K: format({ codes: 128, records: 16, highBits: 32 }, q5_k, fifth, record, unsigned),
  Q6_K: format({ codes: 128, highPairs: 64, scales: 16, d: 2 }, q6_k, pairs, unsigned),
  PQ2_0: format({ pairs: 64, d: 4 }, pq2_0, pairCodes, pairs, unsigned),
  PTQ1_0: format({ words: 32, halves: 16, records: 8 }, ptq1_0, affine),
  Q2_0: format({ pairs: 64, d: 8 }, q2_0, pairCodes, pairs, unsigned),
  Q1_0: format({ bits: 32, d: 4 }, q1_0, unsigned),
  Q3_TABLE: {
    ...format({ pairs: 64, highBits: 32, scales: 16, d: 2 }, q3_table, pairs, signed),
    tableBytes: 16,
    blockWeights: 256,
  },
  Q4_TABLE: {
    ...format({ codes: 128, scales: 32 }, q4_table, tableOfCodes, signed),
    tableBytes: 16,
    blockWeights: SPAN_WEIGHTS,
  },
  NVFP4: { ...format({ codes: 128, scales: 16 }, nvfp4, tableOfCodes, signed), tableBytes: 16 },
  MLX_Q8: { ...format({ codes: 256, records: 32 }, mlx_q8), dot: dotMlxQ8 }, // int8 does not hold its codes
  AWQ_Q4: format({ codes: 128, records: 32 }, q4_1, dz, unsigned),
};
export type WeightFormat = keyof typeof formats;
export const weightFormats = Object.keys(formats) as WeightFormat[];
const facts: Readonly<Record<WeightFormat, FormatFacts>> = formats;

/** The place of one plane of a matrix in its range, in bytes; both are multiples of 16. */
export interface Plane {
  readonly name: string;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** The layout of a matrix, or of a piece of some of its rows, in one range of a buffer. */
export interface WeightLayout {
  readonly sizeBytes: number;
  readonly planes: readonly Plane[];
}

/** The layout of `nSpans` spans (rows × K / 32) of one piece: its planes one after another, a table first. */
export function layoutOf(format: WeightFormat, nSpans: number): WeightLayout {
  const { tableBytes, planes: bitsOf } = facts[format];
  const sizes = Object.entries(bitsOf).map(
    ([name, bitsPerSpan]) => [name, Math.ceil((nSpans * bitsPerSpan) / 128) * 16] as const,
  );
  let offset = 0;
  const planes = [...(tableBytes ? [["table", tableBytes] as const] : []), ...sizes].map(
    ([name, sizeBytes]) => {
      const plane = { name, offset, sizeBytes };
      offset += sizeBytes;
      return plane;
    },
  );
  return { sizeBytes: offset, planes };
}

/** K is a multiple of this many weights: whole blocks where the format keeps those of a type. */
export function blockWeightsOf(format: WeightFormat): number {
  return facts[format].blockWeights ?? Math.max(blockOfType(format as WeightType).weights, SPAN_WEIGHTS);
}

/**
 * The WGSL that reads a format. All its identifiers begin with `weight`, so `link` can rename them, as in
 * `[viewOf("Q4_K"), "gate"]`. It expects `weight`, a storage variable `array<vec4<u32>>`, and
 * `weight_spans()`, the spans of the whole piece. It has
 *
 *     weight_span(span: u32) -> array<vec4<f32>, 8>   // the 32 weights; span = row * (K / 32) + i
 */
export function viewOf(format: WeightFormat): string {
  return facts[format].view;
}

/**
 * Returns whether a format's view has `weight_words` (codes that int8 holds) and `weight_affine`:
 * shaders/lib/weight/parts/affine.wgsl.
 */
export function hasCodes(format: WeightFormat): boolean {
  return /\bfn weight_words\b/.test(viewOf(format));
}

const withTwoScales: ReadonlySet<WeightFormat> = new Set(["Q2_K", "Q3_K", "Q6_K", "Q3_TABLE", "NVFP4"]);

/** Returns whether a format has a scale and an offset for each 16 weights, not one pair for a span. */
export const hasTwoScales = (format: WeightFormat): boolean => withTwoScales.has(format);

/**
 * The arithmetic that the products of one token round their inputs to, where the weights have codes:
 * lib/input/.
 */
export type DotArithmetic = "f32" | "f16" | "int8";

const dots: Readonly<Record<DotArithmetic, string>> = { f32: dotF32, f16: dotF16, int8: dotInt8 };

/** Returns whether there is a product of this format in an arithmetic. */
export const hasDot = (format: WeightFormat, arithmetic: DotArithmetic): boolean =>
  arithmetic === "f32" || facts[format].dot === undefined;

/**
 * The view and the WGSL that multiplies with it, as `viewOf`, with a file of `inputOf`:
 *
 *     weight_dot(span: u32, input: InputSpan) -> f32   // the product of the 32 weights with 32 inputs
 */
export function dotOf(format: WeightFormat, arithmetic: DotArithmetic): string {
  const { view, dot = hasCodes(format) ? dots[arithmetic] : dotPlain } = facts[format];
  return `${view}\n${dot}`;
}
