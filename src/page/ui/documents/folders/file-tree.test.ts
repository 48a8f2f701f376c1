import { describe, expect, it } from "vitest";
import type { FolderFile } from "../../../stores/documents/folders/attached-folder";
import { nodeAfterKey, openAtFirst, treeOf, visibleNodes } from "./file-tree";

const files = (...paths: readonly string[]): FolderFile[] =>
  paths.map((path, id) => ({ id, path, sizeBytes: 9, tokens: 10, isTicked: id > 0, state: "waiting" }));
const lines = (tree: ReturnType<typeof treeOf>, open: ReadonlySet<string>) =>
  visibleNodes(tree, open).map(({ name, level }) => `${"  ".repeat(level - 1)}${name}`);

const tree = treeOf(files("notes/2024/a.md", "notes/2024/b.md", "notes/2025/deep/c.md", "notes/d.md"));

describe("the tree of a folder's files", () => {
  it("leaves out the folder that holds them all, and opens when it is short", () => {
    expect(lines(tree, openAtFirst(tree))).toEqual([
      "2024",
      "  a.md",
      "  b.md",
      "2025",
      "  deep",
      "    c.md",
      "d.md",
    ]);
    expect(lines(tree, openAtFirst(tree, 6))).toEqual(["2024", "2025", "d.md"]);
  });

  it("sums up what is ticked and the tokens of a folder", () => {
    expect(
      tree.map(({ name, nTicked, tokens, files: { length } }) => [name, nTicked, length, tokens]),
    ).toEqual([
      ["2024", 1, 2, 20],
      ["2025", 1, 1, 10],
      ["d.md", 1, 1, 10],
    ]);
  });

  it("keeps a mail and the files that came with it apart, which have one name", () => {
    const mails = treeOf(files("all/a.eml", "all/a.eml/x.txt", "all/b.eml"));
    expect(lines(mails, openAtFirst(mails))).toEqual(["a.eml", "a.eml", "  x.txt", "b.eml"]);
    expect(new Set(mails.map(({ path }) => path)).size).toBe(3);
  });

  it("of one file is that file, and of none is empty", () => {
    expect(lines(treeOf(files("a.zip/x/y.txt")), new Set())).toEqual(["y.txt"]);
    expect(treeOf([])).toEqual([]);
  });
});

it.each([
  ["ArrowDown", "notes/2024/", "notes/2024/a.md"],
  ["ArrowUp", "notes/2024/", undefined],
  ["End", "notes/2024/", "notes/d.md"],
  ["Home", "notes/d.md", "notes/2024/"],
  ["ArrowLeft", "notes/2024/b.md", "notes/2024/"],
  ["ArrowRight", "notes/2024/", "notes/2024/a.md"],
  ["a", "notes/2024/", undefined],
])("%s leads from %s to %s", (key, from, to) => {
  const open = openAtFirst(tree);
  const visible = visibleNodes(tree, open);
  const node = visible.find(({ path }) => path === from)!;
  expect(nodeAfterKey(visible, node, key, open.has(from))?.path).toBe(to);
});
