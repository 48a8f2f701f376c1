import fc from "fast-check";
import { expect, it } from "vitest";
import type { ByteSource } from "./byte-source";
import { ReadAhead, type ByteRange } from "./read-ahead";

/**
 * Byte i is a hash of i; counts what is read, and hands its caller's memory back as browsers do: under
 * another buffer.
 */
function countedSource(sizeBytes: number) {
  const reads: ByteRange[] = [];
  const all = Uint8Array.from({ length: sizeBytes }, (_, i) => (i * 2_654_435_761) >>> 16);
  const source: ByteSource = {
    sizeBytes,
    async read(offset, length, buffer) {
      reads.push({ offset, sizeBytes: length });
      await Promise.resolve();
      const bytes = new Uint8Array(structuredClone(buffer!, { transfer: [buffer!] }), 0, length);
      bytes.set(all.subarray(offset, offset + length));
      return bytes;
    },
  };
  return { source, all, reads };
}

const gapsAndSizes = fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 300 })), { minLength: 1 });

it("gives every wanted byte, whatever the windows, and reads none of them twice", async () => {
  await fc.assert(
    fc.asyncProperty(gapsAndSizes, fc.integer({ min: 1, max: 200 }), async (lengths, windowBytes) => {
      let end = 0;
      const wanted = lengths.map(([gap, sizeBytes]) => {
        const offset = end + gap;
        end = offset + sizeBytes;
        return { offset, sizeBytes };
      });
      const { source, all, reads } = countedSource(end);
      const ahead = new ReadAhead(source, wanted, undefined, windowBytes);
      for (const { offset, sizeBytes } of wanted) {
        const target = new Uint8Array(sizeBytes);
        const half = sizeBytes >> 1; // a tensor is taken in slices
        await ahead.into(target.subarray(0, half), offset);
        await ahead.into(target.subarray(half), offset + half);
        expect(target).toEqual(all.subarray(offset, offset + sizeBytes));
      }
      reads.slice(1).forEach(({ offset }, i) => {
        expect(offset).toBeGreaterThanOrEqual(reads[i]!.offset + reads[i]!.sizeBytes);
      });
      expect(reads.every(({ sizeBytes }) => sizeBytes <= windowBytes)).toBe(true);
    }),
  );
});

it("reads one window ahead and no more, and leaves out what nobody wants", async () => {
  const { source, reads } = countedSource(1000);
  const wanted = [
    { offset: 10, sizeBytes: 190 },
    { offset: 500, sizeBytes: 450 },
  ];
  const ahead = new ReadAhead(source, wanted, undefined, 100);
  await ahead.into(new Uint8Array(5), 10);
  expect(reads.map(({ offset, sizeBytes }) => [offset, offset + sizeBytes])).toEqual([
    [10, 100],
    [100, 200],
  ]);
  await ahead.into(new Uint8Array(5), 100);
  expect(reads.slice(2)).toEqual([{ offset: 500, sizeBytes: 100 }]);
});

it("a read that fails is heard of by who takes from it, not before", async () => {
  const { source } = countedSource(300);
  const failing: ByteSource = {
    sizeBytes: 300,
    read: (offset, length, buffer) =>
      offset < 100 ? source.read(offset, length, buffer) : Promise.reject(new Error("torn")),
  };
  const ahead = new ReadAhead(failing, [{ offset: 0, sizeBytes: 300 }], undefined, 100);
  await ahead.into(new Uint8Array(100), 0);
  await expect(ahead.into(new Uint8Array(10), 100)).rejects.toThrow("torn");
});

it("refuses bytes it was not told of, or has passed", async () => {
  const { source } = countedSource(300);
  const ahead = new ReadAhead(source, [{ offset: 100, sizeBytes: 150 }], undefined, 100);
  await expect(ahead.into(new Uint8Array(4), 0)).rejects.toThrow(RangeError);
  await ahead.into(new Uint8Array(4), 210);
  await expect(ahead.into(new Uint8Array(4), 100)).rejects.toThrow(RangeError);
});
