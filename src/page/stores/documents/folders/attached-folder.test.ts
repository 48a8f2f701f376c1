import { expect, it } from "vitest";
import { tickWhatFits, totalsOf, type FolderFile } from "./attached-folder";

const file = (id: number, tokens: number, isTicked = false): FolderFile => ({
  id,
  path: `${id}.txt`,
  sizeBytes: 9,
  tokens,
  isTicked,
  state: "waiting",
});
const ticked = (files: readonly FolderFile[]) => files.filter((one) => one.isTicked).map(({ id }) => id);

it("as much is ticked as fits by tokens, in order, and a long file does not keep out those after it", () => {
  const files = [file(1, 100), file(2, 300_000), file(3, 100), file(4, 100, true)];
  expect(ticked(tickWhatFits(files, 200))).toEqual([1, 3]);
  expect(ticked(tickWhatFits(files, null))).toEqual([1, 3, 4]);
});

it("where none fits, the first is ticked, since a part of it can be chosen", () => {
  expect(ticked(tickWhatFits([file(1, 500), file(2, 400)], 200))).toEqual([1]);
  expect(ticked(tickWhatFits([file(1, 500)], -5))).toEqual([1]);
  expect(tickWhatFits([], 200)).toEqual([]);
});

it("files of no tokens are ticked beside one that is too long", () => {
  expect(ticked(tickWhatFits([file(1, 500), file(2, 0)], 200))).toEqual([2]);
});

it("the totals are of what is ticked", () => {
  const files: FolderFile[] = [{ ...file(1, 100, true), state: "read" }, file(2, 50, true), file(3, 7)];
  expect(totalsOf(files)).toEqual({ nTicked: 2, nRead: 1, tokens: 150, nUnticked: 1 });
});
