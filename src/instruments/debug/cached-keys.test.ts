import { expect, it } from "vitest";
import { kvRowBytes } from "../../engine/kernels/attention/kv-type";
import { float16Bits } from "../../engine/weights/bytes/half-floats";
import { cachedKeys } from "./cached-keys";

it("halves are read in order", () => {
  const bytes = Uint16Array.of(float16Bits(1.5), float16Bits(-0.25)).buffer;
  expect([...cachedKeys(bytes, "f16", 2)]).toEqual([1.5, -0.25]);
});

it("signed bytes are read with the scale of their 32, behind the row's codes", () => {
  const headDim = 64;
  const rowBytes = kvRowBytes("q8", headDim);
  const bytes = new ArrayBuffer(2 * rowBytes);
  new Int8Array(bytes, rowBytes)[0] = 127;
  new Int8Array(bytes, rowBytes)[33] = -64;
  new Uint16Array(bytes, rowBytes + headDim).set([float16Bits(2), float16Bits(0.5)]);
  const keys = cachedKeys(bytes, "q8", headDim);
  expect(keys).toHaveLength(2 * headDim);
  expect(keys[headDim]).toBe(2);
  expect(keys[headDim + 33]).toBeCloseTo((-64 / 127) * 0.5, 6);
});
