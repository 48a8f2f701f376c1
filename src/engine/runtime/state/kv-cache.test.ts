import { describe, expect, it } from "vitest";
import { kvRanges, type KvCache } from "./kv-cache";

// A stand-in with a number for each buffer: ranges are arithmetic only.
const buffer = (name: string) => name as unknown as GPUBuffer;

/** 3 + 5 tokens of 8 bytes each, the second segment's values behind something else in their buffer. */
const cache: KvCache = {
  kind: "full",
  bytesPerToken: 8,
  segments: [
    {
      firstToken: 0,
      capacity: 3,
      keys: { buffer: buffer("keys 0"), offset: 0, sizeBytes: 24 },
      values: { buffer: buffer("values 0"), offset: 0, sizeBytes: 24 },
    },
    {
      firstToken: 3,
      capacity: 5,
      keys: { buffer: buffer("keys 1"), offset: 0, sizeBytes: 40 },
      values: { buffer: buffer("values 1"), offset: 256, sizeBytes: 40 },
    },
  ],
};

describe("kvRanges", () => {
  it("gives keys and then values of tokens that span two segments", () => {
    expect(kvRanges(cache, 1, 5)).toEqual([
      { buffer: "keys 0", offset: 8, sizeBytes: 16 },
      { buffer: "keys 1", offset: 0, sizeBytes: 16 },
      { buffer: "values 0", offset: 8, sizeBytes: 16 },
      { buffer: "values 1", offset: 256, sizeBytes: 16 },
    ]);
  });

  it("leaves out segments that hold none of the tokens", () => {
    expect(kvRanges(cache, 4, 8)).toEqual([
      { buffer: "keys 1", offset: 8, sizeBytes: 32 },
      { buffer: "values 1", offset: 264, sizeBytes: 32 },
    ]);
    expect(kvRanges(cache, 2, 3).map((range) => range.buffer)).toEqual(["keys 0", "values 0"]);
    expect(kvRanges(cache, 3, 3)).toEqual([]);
  });

  it("refuses tokens that there is no room for", () => {
    expect(() => kvRanges(cache, 2, 9)).toThrow("Tokens 2 to 9 of a cache that has room for 8.");
  });
});
