import type { ModelConfig } from "../../weights/config/model-config";

/** The number of signs, which a plan asks for without making them. */
export const nSigns = ({ hadamard }: ModelConfig): number =>
  [...(hadamard?.signs.values() ?? [])].reduce((sum, { length }) => sum + length, 0);

/** The signs of folded inputs as f32, width after width. */
export function signsOf(config: ModelConfig): Float32Array<ArrayBuffer> {
  const all = new Float32Array(nSigns(config));
  for (const [width, signs] of config.hadamard?.signs ?? []) all.set(signs, firstSign(config, width));
  return all;
}

/** The place in {@link signsOf} where a width's signs begin. */
export function firstSign({ hadamard }: ModelConfig, width: number): number {
  let at = 0;
  for (const [each, { length }] of hadamard?.signs ?? []) {
    if (each === width) return at;
    at += length;
  }
  throw new RangeError(`The file has no signs of width ${width}.`);
}
