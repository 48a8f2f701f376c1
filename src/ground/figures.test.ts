import { expect, it } from "vitest";
import { counted, formatBytes, formatRoundBytes } from "./figures";

it.each([
  [0, "0\u00a0B"],
  [999, "999\u00a0B"],
  [1000, "1.00\u00a0kB"],
  [6_408_576, "6.41\u00a0MB"],
  [999_499, "999\u00a0kB"],
  [999_600, "1.00\u00a0MB"],
  [17_200_000_000, "17.2\u00a0GB"],
])("formats %i bytes as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

// 100 GB: zeros before the point stay. 1.05: only the last ones go.
it.each([
  [8e9, "8\u00a0GB"],
  [1.5e9, "1.5\u00a0GB"],
  [1.05e9, "1.05\u00a0GB"],
  [100e9, "100\u00a0GB"],
  [0, "0\u00a0B"],
])("a chosen size of %d bytes is %s", (bytes, text) => expect(formatRoundBytes(bytes)).toBe(text));

it.each([
  [0, "0 files"],
  [1, "1 file"],
  [2, "2 files"],
  [1024, "1,024 files"],
])("counts %i as %s", (count, text) => expect(counted(count, "file")).toBe(text));

it("a word with another plural is given both forms", () => {
  expect(counted(2, "dispatch", "dispatches")).toBe("2 dispatches");
});
