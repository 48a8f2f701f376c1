import { expect, it } from "vitest";
import { weightTypeNames, type WeightType } from "../../engine/weights/types/type-facts";
import { dequantize } from "./dequantize";
import fixture from "./dequantize.fixture.json";
import { bfloat16, float16 } from "./float16";

// 0x3c00: 1. 0xc000: −2. 0x7bff: the largest, 65504. 0x0001: the smallest, 2^-24. 0x03ff: the largest
// subnormal.
it.each([
  [0x3c00, 1],
  [0xc000, -2],
  [0x7bff, 65504],
  [0x0001, 2 ** -24],
  [0x03ff, 1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0xfc00, -Infinity],
  [0x7e00, NaN],
])("half %i is %f", (bits, value) => {
  expect(float16(bits)).toBe(value);
});

it("a bfloat16 is the upper half of a float32", () => {
  expect(bfloat16(0xc049)).toBe(-3.140625);
});

const half = (bits: number) => [bits & 255, bits >> 8];
const one = 0x3c00;
const quarter = 0x3400;

it("reads plain numbers in order, from any place in a buffer", () => {
  const bytes = new Uint8Array(9);
  new DataView(bytes.buffer).setFloat32(1, 0.1, true);
  new DataView(bytes.buffer).setFloat32(5, -7, true);
  expect(dequantize("F32", bytes.subarray(1))).toEqual(Float64Array.of(Math.fround(0.1), -7));
  expect(dequantize("F16", Uint8Array.of(...half(one), ...half(0xc000)))).toEqual(Float64Array.of(1, -2));
  expect(dequantize("BF16", Uint8Array.of(...half(0xc049)))).toEqual(Float64Array.of(-3.140625));
});

it("Q8_0 is d times signed bytes", () => {
  const codes = Array.from({ length: 32 }, (_, i) => 8 * i - 128);
  const y = dequantize("Q8_0", Uint8Array.of(...half(quarter), ...codes.map((q) => q & 255)));
  expect([...y]).toEqual(codes.map((q) => q / 4));
});

it("Q4_0 has its first 16 numbers in the low nibbles", () => {
  const y = dequantize(
    "Q4_0",
    Uint8Array.of(...half(one), ...Array.from({ length: 16 }, (_, i) => i | ((15 - i) << 4))),
  );
  expect([...y]).toEqual([...Array(16).keys(), ...[...Array(16).keys()].reverse()].map((q) => q - 8));
});

/**
 * Scales and mins of 6 bits as Q4_K and Q5_K pack them, written from the format's description the other way
 * round.
 */
function packScales(scales: readonly number[], mins: readonly number[]): number[] {
  const low = [0, 1, 2, 3].map((s) => scales[s]! | ((scales[s + 4]! >> 4) << 6));
  const lowMins = [0, 1, 2, 3].map((s) => mins[s]! | ((mins[s + 4]! >> 4) << 6));
  const nibbles = [4, 5, 6, 7].map((s) => (scales[s]! & 15) | ((mins[s]! & 15) << 4));
  return [...low, ...lowMins, ...nibbles];
}
const scales = [1, 63, 17, 32, 45, 16, 62, 15];
const mins = [63, 2, 33, 16, 14, 61, 48, 31];
const q4 = Array.from({ length: 256 }, (_, i) => (i * 7 + (i >> 5)) % 16);
const q5 = Array.from({ length: 256 }, (_, i) => (i * 11 + (i >> 5)) % 32);
const q6 = Array.from({ length: 256 }, (_, i) => (i * 29 + (i >> 5)) % 64);

/** Nibbles of sub-blocks 2p and 2p + 1 in the same 32 bytes. */
const packNibbles = (q: readonly number[]) =>
  Array.from({ length: 128 }, (_, i) => {
    const first = 64 * Math.floor(i / 32) + (i % 32);
    return (q[first]! & 15) | ((q[first + 32]! & 15) << 4);
  });

it("Q4_K is d scale q − dmin min by sub-blocks of 32", () => {
  const bytes = [...half(quarter), ...half(one), ...packScales(scales, mins), ...packNibbles(q4)];
  const y = dequantize("Q4_K", Uint8Array.from(bytes));
  expect([...y]).toEqual(q4.map((q, i) => 0.25 * scales[i >> 5]! * q - mins[i >> 5]!));
});

it("Q5_K has its fifth bits by sub-block", () => {
  const high = Array.from({ length: 32 }, (_, l) =>
    [0, 1, 2, 3, 4, 5, 6, 7].reduce((bits, s) => bits | ((q5[32 * s + l]! >> 4) << s), 0),
  );
  const bytes = [...half(quarter), ...half(one), ...packScales(scales, mins), ...high, ...packNibbles(q5)];
  const y = dequantize("Q5_K", Uint8Array.from(bytes));
  expect([...y]).toEqual(q5.map((q, i) => 0.25 * scales[i >> 5]! * q - mins[i >> 5]!));
});

it("Q6_K has four runs of 32 in each half, a scale for each 16, and d at its end", () => {
  const at = (n: number, run: number, l: number) => q6[128 * n + 32 * run + l]!;
  const low: number[] = [];
  const high: number[] = [];
  for (let n = 0; n < 2; n++) {
    for (let l = 0; l < 64; l++)
      low.push((at(n, l >> 5, l & 31) & 15) | ((at(n, 2 + (l >> 5), l & 31) & 15) << 4));
    for (let l = 0; l < 32; l++)
      high.push([0, 1, 2, 3].reduce((bits, run) => bits | ((at(n, run, l) >> 4) << (2 * run)), 0));
  }
  const signed = Array.from({ length: 16 }, (_, s) => (s % 2 ? -1 : 1) * (8 * s + 1));
  const bytes = [...low, ...high, ...signed.map((s) => s & 255), ...half(quarter)];
  const y = dequantize("Q6_K", Uint8Array.from(bytes));
  expect([...y]).toEqual(q6.map((q, i) => 0.25 * signed[i >> 4]! * (q - 32)));
});

it("every type has numbers of ggml's to compare with, or a test of its own here", () => {
  const byHand = ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q5_K", "Q6_K"];
  // MLX_Q8 and AWQ_Q4, which ggml does not have: safetensors-packed.test.ts.
  expect([...byHand, ...Object.keys(fixture), "MLX_Q8", "AWQ_Q4"].toSorted()).toEqual(
    weightTypeNames.toSorted(),
  );
});

// Random blocks and the f32 numbers ggml's own C code makes of them (dequantize_row_* of ggml-quants.c,
// commit d99724f2); all but IQ3 also agree with an independent decoder written from the formats'
// descriptions.
it.each(Object.entries(fixture))("%s means the numbers that ggml reads in it", (type, { blocks, values }) => {
  const bytes = Uint8Array.from(Buffer.from(values, "hex"));
  const unsigned = (y: number) => Math.fround(y) + 0; // FP4 has a −0, ggml's table has not
  const y = dequantize(type as WeightType, Uint8Array.from(Buffer.from(blocks, "hex")));
  expect([...y].map(unsigned)).toEqual([...new Float32Array(bytes.buffer)].map(unsigned));
});

it("bytes that are no whole blocks are a mistake of the caller", () => {
  expect(() => dequantize("Q6_K", new Uint8Array(209))).toThrow(/209 bytes are no whole blocks of Q6_K, 210/);
});
