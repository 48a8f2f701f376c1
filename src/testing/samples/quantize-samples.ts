import baselineFile from "../../../goldens/quantize-baseline.json";
import { brainBits } from "../models/brain-bits";
import { Random } from "../../ground/random";

const std = 0.02; // about that of trained matrices
const nRows = 64;
const rowLength = 1024;

/** Draws of matrices that quantizers are measured on. */
const draws = {
  normal: (random: Random) => std * random.normal(),
  laplace: (random: Random) => -std * Math.log(1 - random.uniform()) * (random.uniform() < 0.5 ? -1 : 1),
  /** Student's t with 3 degrees of freedom: as heavy a tail as has a variance. */
  studentT3: (random: Random) => {
    const chiSquared = random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2;
    return (std * random.normal()) / Math.sqrt(chiSquared / 3);
  },
  /** One weight in 500 is 30 times larger. */
  outliers: (random: Random) => std * random.normal() * (random.uniform() < 0.002 ? 30 : 1),
  /** A mean other than 0, where the minimum of a sub-block counts. */
  shifted: (random: Random) => std * (random.normal() + 1.5),
} satisfies Record<string, (random: Random) => number>;

export type SampleName = keyof typeof draws;
export const sampleNames = Object.keys(draws) as SampleName[];

/** 64 rows of 1,024 numbers, each a bfloat16, so that every plain format but F16 holds them exactly. */
export function quantizeSample(name: SampleName): Float32Array<ArrayBuffer> {
  const random = new Random(0x51ab + sampleNames.indexOf(name));
  const words = Uint32Array.from({ length: nRows * rowLength }, () => brainBits(draws[name](random)) << 16);
  return new Float32Array(words.buffer);
}

/** Σ (a − b)². */
export function squaredError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} values against ${b.length}`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

/** Σ (a − b)² of llama.cpp's quantizer by type and sample; scripts/quantize-baseline.ts writes it. */
export interface QuantizeBaseline {
  readonly library: string;
  readonly squaredError: Readonly<Record<string, Readonly<Record<SampleName, number>>>>;
}

/** The baseline as it is committed. */
export const quantizeBaseline: QuantizeBaseline = baselineFile;
