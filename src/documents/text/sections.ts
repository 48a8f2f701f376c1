import type { Cuts } from "./cuts";
import { cutAtLines } from "./cuts";
import { tidy } from "./decode-text";

interface Joined extends Cuts {
  readonly text: string;
}

/** Joins sheets or chapters, with a cut at the start of each: a person chooses by them. */
export function inSections(sections: readonly string[]): Joined {
  const texts = sections.map((section) => tidy(section).trim()).filter((section) => section !== "");
  const starts: number[] = [];
  const numbers: number[] = [];
  let length = 0;
  let lines = 0;
  for (const text of texts) {
    const cuts = cutAtLines(text);
    for (const start of cuts.starts) starts.push(length + start);
    for (const number of cuts.numbers) numbers.push(lines + number);
    length += text.length + 2;
    lines += text.split("\n").length + 1;
  }
  if (starts.length === 0) return { text: "", ...cutAtLines("") };
  return { text: texts.join("\n\n"), unit: "line", starts, numbers };
}

/** Joins pages, or slides, each under its number. */
export function inPages(pages: readonly string[]): Joined {
  const texts = pages.map(
    (page, at) => `[Page ${at + 1}]\n${tidy(page).trim() || "(This page has no text.)"}`,
  );
  const starts: number[] = [];
  let length = 0;
  for (const text of texts) {
    starts.push(length);
    length += text.length + 2;
  }
  return { text: texts.join("\n\n"), unit: "page", starts, numbers: texts.map((_, at) => at + 1) };
}
