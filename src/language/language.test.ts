import { afterEach, expect, it } from "vitest";
import { counted, formatBytes, formatCount } from "../ground/figures";
import { english, listed, mark, pieces, speak, spokenLanguage, t, tn, type Key } from "./language";
import { directionOf, languageOf, loadLanguage } from "./languages";
import { mirrored } from "./made";

afterEach(() => speak(english));

it("English is the sentence itself, its placeholders filled", () => {
  expect(t("Stop")).toBe("Stop");
  expect(t("Remove {name}", { name: "a {name} $& b" })).toBe("Remove a {name} $& b");
  expect(t("{a} of {b}" as Key, { a: 1 })).toBe("1 of {b}");
  expect([0, 1, 1024].map((n) => tn(n, "{count} file", "{count} files"))).toEqual([
    "0 files",
    "1 file",
    "1,024 files",
  ]);
});

it("another language has its own order and its own plural categories", () => {
  speak({
    tag: "pl-PL",
    sentences: {
      "{a} of {b}": "{b}: {a}",
      "{count} files": {
        one: "{count} plik",
        few: "{count} pliki",
        many: "{count} plików",
        other: "{count} pliku",
      },
    },
  });
  expect(t("{a} of {b}" as Key, { a: "x", b: "y" })).toBe("y: x");
  expect([1, 3, 5, 12_345].map((n) => counted(n, "file"))).toEqual([
    "1 plik",
    "3 pliki",
    "5 plików",
    "12 345 plików".replace(" ", "\u00a0"),
  ]);
  expect(formatBytes(6_408_576)).toBe("6,41\u00a0MB");
});

it("a sentence that a language lacks stays English, names of an object's own among them", () => {
  speak({ tag: "zh-CN", sentences: {} });
  expect(t("constructor" as Key)).toBe("constructor");
  expect(tn(1, "{count} file", "{count} files")).toBe("1 file");
  expect(t(mark("Stop"))).toBe("Stop");
});

it("values that are no text stand between the pieces", () => {
  const key = { is: "an element" };
  expect(pieces("Press {key} to stop." as Key, { key })).toEqual(["Press ", key, " to stop."]);
  expect(pieces("{key}" as Key, { key })).toEqual([key]);
});

it("Chinese is loaded on demand, with its lists and figures", async () => {
  speak(await loadLanguage("zh"));
  expect(t("Language")).toBe("语言");
  expect(listed(["A", "B", "C"])).toBe("A、B和C");
  expect(formatCount(12_345)).toBe("12,345");
});

it.each([
  [["fr-FR", "zh-TW", "en"], "zh"],
  [["en-GB", "zh"], "en"],
  [["de"], "en"],
  [[], "en"],
])("of the browser's languages %j the page speaks %s", (preferred, id) => {
  expect(languageOf(preferred)).toBe(id);
});

it("a made language has a sentence for each key of Chinese, longer, with the placeholders as they were", async () => {
  speak(await loadLanguage("ar-XB"));
  const remove = t("Remove {name}", { name: "a.txt" });
  expect(remove).toBe(mirrored("Remove {name}").replace("{name}", "a.txt"));
  expect(remove.length).toBeGreaterThan(1.4 * "Remove a.txt".length);
  speak(await loadLanguage("en-XA"));
  expect(tn(2, "{count} file", "{count} files")).toMatch(/^\[2 fíléš ~[~ ]*\]$/);
  expect(structuredClone(spokenLanguage())).toEqual(spokenLanguage()); // as workers are told it
});

it("languages from the right are known by their tags", () => {
  expect(["ar-XB", "he", "arn", "zh-CN", "en-XA"].map(directionOf)).toEqual([
    "rtl",
    "rtl",
    "ltr",
    "ltr",
    "ltr",
  ]);
});
