import { expect, it } from "vitest";
import type { AttachedFolder, FolderFile, LeftFile } from "../../../stores/documents/folders/attached-folder";
import { folderFacts, leftGroups } from "./folder-words";

const files = (nTicked: number, nUnticked: number): FolderFile[] =>
  Array.from({ length: nTicked + nUnticked }, (_, id) => ({
    id,
    path: `${id}.md`,
    sizeBytes: 9,
    tokens: 10,
    isTicked: id < nTicked,
    state: "read",
  }));
const left = (why: LeftFile["why"], n: number): LeftFile[] =>
  Array.from({ length: n }, (_, at) => ({ path: `${at}`, why }));
const folder = (change: Partial<AttachedFolder>): AttachedFolder => ({
  key: "1",
  name: "notes",
  kind: "folder",
  phase: "done",
  files: [],
  left: [],
  freeTokens: null,
  isOwnChoice: false,
  ...change,
});

it.each([
  [
    { files: files(130, 0), left: left("picture", 20) },
    "in: 130 files, 1,300 tokens · left out: 20 pictures",
  ],
  [
    { files: files(1, 1499), freeTokens: 2800, left: [...left("picture", 1), ...left("ignored", 2)] },
    "in: 1 file, 10 tokens · left out: 1,499 that do not fit, 2 files that .gitignore names, 1 picture",
  ],
  [{ files: files(2, 1), isOwnChoice: true }, "in: 2 files, 20 tokens · left out: 1 not ticked"],
  [{ left: left("program", 1) }, "in: no file · left out: 1 program"],
  [{ files: files(2, 0) }, "in: 2 files, 20 tokens"],
  [{ phase: "reading" as const, files: files(2, 0) }, "reading file 2 of 2…"],
])("a folder's row says what is in and what was left out, by reason: %#", (change, words) => {
  expect(folderFacts(folder(change))).toBe(words);
});

it("a binary is named by its kind: a program only where it is one", () => {
  const kinds = ["program", "compiled code", "disk image", "binary data", "archive"] as const;
  expect(leftGroups(kinds.flatMap((kind) => left(kind, 1))).map(({ words }) => words)).toEqual([
    "1 program",
    "1 file of compiled code",
    "1 disk image",
    "1 file of binary data",
    "1 archive that is no zip",
  ]);
});
