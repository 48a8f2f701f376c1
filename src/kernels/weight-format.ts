import affine from "../../shaders/lib/weight-affine.wgsl?raw";
import bf16 from "../../shaders/lib/weight-bf16.wgsl?raw";
import f16 from "../../shaders/lib/weight-f16.wgsl?raw";
import f32 from "../../shaders/lib/weight-f32.wgsl?raw";
import plain from "../../shaders/lib/weight-plain.wgsl?raw";
import q4_0 from "../../shaders/lib/weight-q4_0.wgsl?raw";
import q4_k from "../../shaders/lib/weight-q4_k.wgsl?raw";
import q5_k from "../../shaders/lib/weight-q5_k.wgsl?raw";
import q6_k from "../../shaders/lib/weight-q6_k.wgsl?raw";
import q8_0 from "../../shaders/lib/weight-q8_0.wgsl?raw";

/** How weights lie on the GPU: codes and scales, in planes of 16-byte units. A format has the name of the type it keeps as it is. */
export const weightFormats = ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q5_K", "Q6_K"] as const;
export type WeightFormat = (typeof weightFormats)[number];

/** 32 consecutive weights of a row: the unit that views read and kernels count in. */
export const SPAN_WEIGHTS = 32;

interface FormatFacts {
  /** Bits of each plane per span, in the order they lie. */
  readonly planes: Readonly<Record<string, number>>;
  readonly view: string;
}

const facts: Readonly<Record<WeightFormat, FormatFacts>> = {
  F32: { planes: { values: 1024 }, view: join(f32, plain) },
  F16: { planes: { values: 512 }, view: join(f16, plain) },
  BF16: { planes: { values: 512 }, view: join(bf16, plain) },
  Q8_0: { planes: { codes: 256, d: 16 }, view: join(q8_0, affine) },
  Q4_0: { planes: { codes: 128, d: 16 }, view: join(q4_0, affine) },
  Q4_K: { planes: { codes: 128, records: 16 }, view: join(q4_k, affine) },
  Q5_K: {
    planes: { codes: 128, records: 16, highBits: 32 },
    view: join(q5_k, affine),
  },
  Q6_K: {
    planes: { codes: 128, highPairs: 64, scales: 16, d: 2 },
    view: join(q6_k, affine),
  },
};

/** Where one plane of a matrix lies in its range, in bytes; both are multiples of 16. */
export interface Plane {
  readonly name: string;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** How a matrix, or a piece of some of its rows, lies in one range of a buffer. */
export interface WeightLayout {
  readonly sizeBytes: number;
  readonly planes: readonly Plane[];
}

/** The layout of `nSpans` spans (rows × K / 32) of one piece: its planes one after another. */
export function layoutOf(format: WeightFormat, nSpans: number): WeightLayout {
  let offset = 0;
  const planes = Object.entries(facts[format].planes).map(([name, bitsPerSpan]) => {
    const plane = { name, offset, sizeBytes: Math.ceil((nSpans * bitsPerSpan) / 128) * 16 };
    offset += plane.sizeBytes;
    return plane;
  });
  return { sizeBytes: offset, planes };
}

/**
 * The WGSL that reads a format. All its identifiers begin with `weight`, so `link` can rename them, as in `[viewOf("Q4_K"), "gate"]`.
 * It expects `weight`, a storage variable `array<vec4<u32>>`, and `params.weight_spans`, the spans of the whole piece. It has
 *
 *     weight_span(span: u32) -> array<vec4<f32>, 8>                           // the 32 weights; span = row * (K / 32) + i
 *     weight_dot(span: u32, x: array<vec4<f32>, 8>, x_sums: vec2<f32>) -> f32 // their product with 32 of x
 *
 * where `x_sums` are the sums of the first and of the last 16 of `x`.
 */
export function viewOf(format: WeightFormat): string {
  return facts[format].view;
}

/** Whether a format's view has `weight_codes` (whole numbers that int8 holds) and `weight_affine`; see weight-affine.wgsl. */
export function hasCodes(format: WeightFormat): boolean {
  return /\bfn weight_codes\b/.test(viewOf(format));
}

function join(...files: readonly string[]): string {
  return files.join("\n");
}
