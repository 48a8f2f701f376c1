import { describe, expect, it } from "vitest";
import { ModelFormatError } from "../../../ground/errors";
import { makeModel, makeShards } from "../../../testing/models/make-model";
import type { ByteSource } from "../bytes/byte-source";
import { readModelConfig } from "../config/config";
import { readGguf } from "./gguf";
import { joinSources } from "../bytes/joined-source";
import { readModelFile } from "./split-gguf";

const options = { config: "nano", quant: "MIX", seed: 7 } as const;
const whole = makeModel(options);
const shards = makeShards(options, 3);
const nameOf = (index: number, count = 3) =>
  `nano-${String(index + 1).padStart(5, "0")}-of-${String(count).padStart(5, "0")}.gguf`;

const sourceOf = (bytes: Uint8Array<ArrayBuffer>): ByteSource => ({
  sizeBytes: bytes.length,
  read: (offset, length) =>
    offset + length <= bytes.length
      ? Promise.resolve(bytes.slice(offset, offset + length))
      : Promise.reject(new Error(`${offset} + ${length} is past ${bytes.length}`)),
});

const filesOf = (...parts: (readonly [name: string, bytes: Uint8Array<ArrayBuffer>])[]) =>
  joinSources(
    parts.map(([name, bytes]) => ({
      name,
      sizeBytes: bytes.length,
      open: () => Promise.resolve(sourceOf(bytes)),
    })),
  );
const inOrder = (...indices: number[]) => filesOf(...indices.map((i) => [nameOf(i), shards[i]!] as const));

describe("a split model", () => {
  // 2 0 1: as a folder's files may come.
  it.each([[[0, 1, 2]], [[2, 0, 1]]])("is the whole model when its files come as %j", async (order) => {
    const expected = await readGguf(sourceOf(whole));
    const source = inOrder(...order);
    const found = await readModelFile(source);
    expect(found.metadata).toEqual(expected.metadata);
    expect(readModelConfig(found)).toEqual(readModelConfig(expected));
    expect([...found.tensors.keys()].toSorted()).toEqual([...expected.tensors.keys()].toSorted());
    for (const [name, { offset, sizeBytes }] of expected.tensors) {
      const bytes = await source.read(found.tensors.get(name)!.offset, sizeBytes);
      expect(Buffer.compare(bytes, whole.subarray(offset, offset + sizeBytes)), name).toBe(0);
    }
  });

  it("names the shards that are missing", async () => {
    await expect(readModelFile(inOrder(0, 2))).rejects.toThrow(ModelFormatError);
    await expect(readModelFile(inOrder(0, 2))).rejects.toThrow(
      "split into 3 files, of which “nano-00002-of-00003.gguf” is missing",
    );
    await expect(readModelFile(filesOf([nameOf(1), shards[1]!]))).rejects.toThrow(
      "of which “nano-00001-of-00003.gguf”, “nano-00003-of-00003.gguf” are missing",
    );
    await expect(readModelFile(sourceOf(shards[0]!))).rejects.toThrow("part 2, part 3 are missing");
  });

  it("refuses a shard that is there twice, and one of another split", async () => {
    await expect(readModelFile(inOrder(0, 1, 1, 2))).rejects.toThrow(/are both part 2 of 3/);
    const ofTwo = makeShards(options, 2)[1]!;
    await expect(
      readModelFile(filesOf([nameOf(0), shards[0]!], [nameOf(1, 2), ofTwo], [nameOf(2), shards[2]!])),
    ).rejects.toThrow("“nano-00002-of-00002.gguf” is part 2 of 2; “nano-00001-of-00003.gguf” is one of 3");
  });

  it("refuses shards of two models, whose tensors do not add up", async () => {
    const other = makeShards({ ...options, hasMtp: true }, 3);
    await expect(
      readModelFile(filesOf([nameOf(0), shards[0]!], [nameOf(1), shards[1]!], [nameOf(2), other[2]!])),
    ).rejects.toThrow(/in a part before it too|tensors together/);
  });
});

describe("files behind one another", () => {
  const bytes = Uint8Array.from({ length: 30 }, (_, i) => i);
  const joined = filesOf(["a", bytes.slice(0, 10)], ["b", bytes.slice(10, 11)], ["c", bytes.slice(11)]);

  it.each([
    [0, 10],
    [9, 3],
    [0, 30],
    [10, 1],
    [29, 1],
    [12, 0],
  ])("give the bytes from %i on, %i of them", async (offset, length) => {
    expect(await joined.read(offset, length)).toEqual(bytes.slice(offset, offset + length));
  });

  it("are opened when they are read, and again after that failed", async () => {
    let openings = 0;
    const source = joinSources([
      { name: "a", sizeBytes: 10, open: () => Promise.resolve(sourceOf(bytes.slice(0, 10))) },
      {
        name: "b",
        sizeBytes: 20,
        open: () =>
          ++openings === 1
            ? Promise.reject(new Error("offline"))
            : Promise.resolve(sourceOf(bytes.slice(10))),
      },
    ]);
    await source.read(0, 10);
    expect(openings).toBe(0);
    await expect(source.read(5, 10)).rejects.toThrow("offline");
    expect(await source.read(5, 10)).toEqual(bytes.slice(5, 15));
    expect(openings).toBe(2);
  });
});
