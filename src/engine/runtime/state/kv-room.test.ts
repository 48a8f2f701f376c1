import { expect, it } from "vitest";
import { FIRST_ROOM, growthBytes, grownRoom, segmentSizes } from "./kv-room";

it("a cache is doubled up to a binding, and then begins a segment that is doubled in its turn", () => {
  const rooms = [FIRST_ROOM];
  while (rooms.at(-1)! < 10_000) rooms.push(grownRoom(rooms.at(-1)!, rooms.at(-1)! + 1, 5000, 10_000));
  expect(rooms).toEqual([1024, 2048, 4096, 5000, 6024, 7048, 9096, 10_000]);
  expect(grownRoom(1024, 9000, 5000, 10_000)).toBe(9096); // at once, where that many are asked for
  expect(grownRoom(1024, 1000, 5000, 10_000)).toBe(1024);
});

it("all segments but the last are as long as a binding", () => {
  expect(segmentSizes(5000, 5000)).toEqual([5000]);
  expect(segmentSizes(11_000, 5000)).toEqual([5000, 5000, 1000]);
});

it("growing takes the largest segment that is moved, keys and values, on top", () => {
  // 1,024, 2,048, 4,096, then 5,000: the last move is that of 4,096 tokens.
  expect(growthBytes(5000, 100_000, 10)).toBe(2 * 4096 * 10);
  expect(growthBytes(FIRST_ROOM, 100_000, 10)).toBe(0);
  // Segments that are full never move.
  expect(growthBytes(100_000, 5000, 10)).toBe(2 * 4096 * 10);
});
