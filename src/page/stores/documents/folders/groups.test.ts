import { expect, it } from "vitest";
import { pathOf, underPath } from "../../models/picked-files";
import { groupsOf } from "./groups";

const at = (path: string) => underPath(new File(["x"], path.split("/").at(-1)!), path);

it("files of each folder stand together, and single ones by themselves", () => {
  const groups = groupsOf([at("b/1.txt"), at("a/2.txt"), at("3.txt"), at("b/c/4.txt")]);
  expect(groups.map(({ folder, files }) => [folder, files.map(pathOf)])).toEqual([
    ["b", ["b/1.txt", "b/c/4.txt"]],
    ["a", ["a/2.txt"]],
    [undefined, ["3.txt"]],
  ]);
});
