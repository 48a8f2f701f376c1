import { describe, expect, test } from "vitest";
import { memorySource } from "../../testing/models/memory-source";
import type { ByteSource } from "../../engine/weights/bytes/byte-source";
import type { GgufTensor } from "../../engine/weights/gguf/gguf";
import { DigestedSource } from "./digested-source";

const nTensors = 200;
const tensorBytes = 3000;
const tensors = new Map<string, GgufTensor>(
  Array.from({ length: nTensors }, (_, n) => {
    const name = `tensor ${n}`;
    return [name, { name, type: "F32", shape: [750], offset: 64 + n * tensorBytes, sizeBytes: tensorBytes }];
  }),
);
const bytes = Uint8Array.from({ length: 64 + nTensors * tensorBytes }, (_, at) => (at * 31) ^ (at >> 8));

function counted(source: ByteSource) {
  const reads: number[] = [];
  const read: ByteSource["read"] = (offset, length, buffer) => {
    reads.push(length);
    return source.read(offset, length, buffer);
  };
  return { source: { ...source, read }, reads };
}

/** The digest after reading it all in stretches of `length`, in the order that `order` gives them. */
async function digestOf(from: Uint8Array<ArrayBuffer>, length: number, order = (starts: number[]) => starts) {
  const { source, reads } = counted(memorySource(from));
  const digested = new DigestedSource(source, { tensors });
  const starts = Array.from({ length: Math.ceil(from.length / length) }, (_, n) => n * length);
  for (const at of order(starts)) await digested.read(at, Math.min(length, from.length - at));
  const nReads = reads.length;
  const digest = await digested.digest();
  return { digest, nMore: reads.length - nReads };
}

describe("the digest of a model's weights", () => {
  test("is that of reading the samples alone, and costs no read where all was read", async () => {
    const alone = await new DigestedSource(memorySource(bytes), { tensors }).digest();
    for (const length of [bytes.length, 8192, 1000])
      expect(await digestOf(bytes, length)).toEqual({ digest: alone, nMore: 0 });
  });

  test("is the same when stretches come in any order", async () => {
    const { digest } = await digestOf(bytes, 8192);
    expect((await digestOf(bytes, 8192, (starts) => starts.toReversed())).digest).toBe(digest);
  });

  test("is another with one byte of a sample, one name or one type changed", async () => {
    const { digest } = await digestOf(bytes, 8192);
    const changed = bytes.slice();
    changed[64 + 1000]! ^= 1;
    expect((await digestOf(changed, 8192)).digest).not.toBe(digest);
    for (const change of [{ name: "else" }, { type: "F16" }] as const) {
      const others = new Map(tensors).set("tensor 7", { ...tensors.get("tensor 7")!, ...change });
      const other = await new DigestedSource(memorySource(bytes), { tensors: others }).digest();
      expect(other).not.toBe(digest);
    }
  });
});
