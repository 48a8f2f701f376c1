import type { ModelConfig } from "../../weights/config/model-config";

/** The signs of folded inputs as f32, width after width. */
export const signsOf = ({ hadamard }: ModelConfig): Float32Array<ArrayBuffer> =>
  Float32Array.from([...(hadamard?.signs.values() ?? [])].flatMap((signs) => [...signs]));

/** The place in {@link signsOf} where a width's signs begin. */
export function firstSign({ hadamard }: ModelConfig, width: number): number {
  let at = 0;
  for (const [each, { length }] of hadamard?.signs ?? []) {
    if (each === width) return at;
    at += length;
  }
  throw new RangeError(`The file has no signs of width ${width}.`);
}
