import { afterEach, expect, it } from "vitest";
import { english, pieces, speak, t, type Key } from "./language";
import { loadLanguage } from "./languages";
import { keepUnits } from "./units";
import { zh } from "./zh";

afterEach(() => speak(english));

it.each([
  ["{seconds} s", "{seconds}\u00a0s"],
  ["{hours} h {minutes} min", "{hours}\u00a0h {minutes}\u00a0min"],
  ["up to 400 MB of text, near 100 %.", "up to 400\u00a0MB of text, near 100\u00a0%."],
  [" · {rate} tokens/s · {duration} left", " · {rate}\u00a0tokens/s · {duration} left"],
  ["用时 {seconds} 秒", "用时 {seconds}\u00a0秒"],
  ["{count} slides, {count} min(imum) 3 sounds", "{count} slides, {count}\u00a0min(imum) 3 sounds"],
  ["{folder} Backups, 4 Bytes", "{folder} Backups, 4 Bytes"],
])("no line ends between a figure and its unit: %s", (sentence, kept) => {
  expect(keepUnits(sentence)).toBe(kept);
});

it("what stands in a sentence stays as it is: it may name a file", () => {
  expect(t("Remove {name}", { name: "5 MB.txt" })).toBe("Remove 5 MB.txt");
  expect(pieces("{rate} tokens/s", { rate: 1 })).toEqual([1, "\u00a0tokens/s"]);
});

const partedUnit = /[\d}] (?:[kMGT]?B|m?s|min|h|%|tokens?\/s|秒|分钟|小时)(?![\p{L}\p{N}])/u;

it.each(["en", "zh"] as const)("no sentence of the page parts a figure from its unit: %s", async (id) => {
  if (id === "zh") speak(await loadLanguage("zh"));
  const keys = Object.keys(zh) as Key[];
  expect(keys.filter((key) => partedUnit.test(key)).length).toBeGreaterThan(10);
  expect(keys.map((key) => t(key)).filter((said) => partedUnit.test(said))).toEqual([]);
});
