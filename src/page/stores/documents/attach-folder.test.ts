import { expect, it } from "vitest";
import { describeChosen } from "./attach-folder";

const offered = (n: number) =>
  Array.from({ length: n }, (_, index) => ({ index, path: `${index}`, sizeBytes: 9, tokens: 3, fits: true }));
const left = (why: "picture" | "ignored", n: number) => Array.from({ length: n }, () => ({ path: "a", why }));

it("a folder's summary says how much is attached, and what was left out by kind", () => {
  expect(describeChosen({ offered: offered(130), left: left("picture", 20) }, 130, 9000)).toBe(
    "130 files of the folder are attached. Left out: 20 pictures.",
  );
  const many = { offered: offered(1500), left: [...left("picture", 1), ...left("ignored", 2)] };
  expect(describeChosen(many, 1, 2800)).toBe(
    "1 file of the folder is attached. Left out: 2 files that .gitignore names, 1 picture, 1,499 beyond the 2,800 tokens that are free.",
  );
  expect(describeChosen({ offered: offered(2), left: [] }, 2, null)).toBe(
    "2 files of the folder are attached.",
  );
});
