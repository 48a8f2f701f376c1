import { describe, expect, it } from "vitest";
import {
  addChild,
  allIds,
  emptyTree,
  idsBelow,
  linearTree,
  mergeTrees,
  parentOf,
  pathTo,
  removeBranch,
  removeLeaf,
  renamed,
  ROOT,
  showPathTo,
  showVersion,
  shownPath,
} from "./message-tree";

// q1 → a1 → q2 → a2, then q2 edited to q2' with a2', then a2' made anew as a2''.
const branched = [
  ["a1", "q2'"],
  ["q2'", "a2'"],
  ["q2'", "a2''"],
].reduce((tree, [parent, id]) => addChild(tree, parent!, id!), linearTree(["q1", "a1", "q2", "a2"]));

describe("message tree", () => {
  it("a new version is shown, the old one and what follows it are kept", () => {
    expect(shownPath(branched)).toEqual(["q1", "a1", "q2'", "a2''"]);
    expect(allIds(branched).toSorted()).toEqual(["a1", "a2", "a2'", "a2''", "q1", "q2", "q2'"]);
    expect(branched.children["a1"]).toEqual(["q2", "q2'"]);
  });

  it("walking to another version shows what was shown below it, and back again", () => {
    const old = showVersion(branched, "q2");
    expect(shownPath(old)).toEqual(["q1", "a1", "q2", "a2"]);
    const first = showVersion(showVersion(old, "q2'"), "a2'");
    expect(shownPath(first)).toEqual(["q1", "a1", "q2'", "a2'"]);
    expect(shownPath(showVersion(showVersion(first, "q2"), "q2'"))).toEqual(["q1", "a1", "q2'", "a2'"]);
  });

  it("knows what comes before a message that is not shown", () => {
    expect(pathTo(branched, "a2")).toEqual(["q1", "a1", "q2"]);
    expect(pathTo(branched, "q1")).toEqual([]);
    expect(parentOf(branched, "q1")).toBe(ROOT);
    expect(parentOf(branched, "nobody")).toBeUndefined();
  });

  it("without a version that was shown, the one before it is; without the last one, nothing", () => {
    expect(shownPath(removeLeaf(branched, "a2''"))).toEqual(["q1", "a1", "q2'", "a2'"]);
    expect(shownPath(removeLeaf(showVersion(branched, "a2''"), "a2'"))).toEqual(["q1", "a1", "q2'", "a2''"]);
    const none = removeLeaf(linearTree(["q1", "a1"]), "a1");
    expect(shownPath(none)).toEqual(["q1"]);
    expect(allIds(none)).toEqual(["q1"]);
    expect(shownPath(removeLeaf(none, "q1"))).toEqual([]);
  });

  it("a message that others follow is not removed", () => {
    expect(() => removeLeaf(branched, "q2")).toThrow(RangeError);
  });

  it("an empty chat shows nothing", () => {
    expect(shownPath(emptyTree)).toEqual([]);
    expect(shownPath(linearTree([]))).toEqual([]);
  });

  it("a branch goes with all that follows it, and the version before it is shown", () => {
    expect(idsBelow(branched, "q2'")).toEqual(["q2'", "a2'", "a2''"]);
    const rest = removeBranch(branched, "q2'");
    expect(rest).toEqual(linearTree(["q1", "a1", "q2", "a2"]));
    expect(removeBranch(rest, "q2")).toEqual(linearTree(["q1", "a1"]));
    expect(removeBranch(branched, "q1")).toEqual(emptyTree);
  });

  it("what was removed comes back beside what was said since, and is shown", () => {
    const since = addChild(removeBranch(branched, "q2'"), "a1", "q3");
    const merged = mergeTrees(branched, since);
    expect(merged.children["a1"]).toEqual(["q2", "q2'", "q3"]);
    expect(shownPath(merged)).toEqual(shownPath(branched));
    expect(new Set(allIds(merged))).toEqual(new Set([...allIds(branched), "q3"]));
  });

  it("under other ids it has the same shape", () => {
    const copy = renamed(branched, (id) => `copy of ${id}`);
    expect(shownPath(copy)).toEqual(shownPath(branched).map((id) => `copy of ${id}`));
    expect(allIds(copy)).toEqual(allIds(branched).map((id) => `copy of ${id}`));
  });

  it("a message that is not shown is shown with the versions before it", () => {
    const other = showVersion(branched, "q2");
    expect(shownPath(showPathTo(other, "a2'"))).toEqual(["q1", "a1", "q2'", "a2'"]);
  });
});
