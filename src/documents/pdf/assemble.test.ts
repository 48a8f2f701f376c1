import { describe, expect, it } from "vitest";
import { assemble, type ReadPage } from "./assemble";
import { joinAtHyphen, Words } from "./hyphens";
import type { PageLine } from "./layout/page-layout";

const line = (text: string, top: number, more: Partial<PageLine> = {}): PageLine => ({
  text,
  size: 10,
  isApart: false,
  top,
  bottom: top + 0.013,
  left: 72,
  isFootnote: false,
  ...more,
});
const page = (...lines: PageLine[]): ReadPage => ({ lines, extra: [], missing: "(This page has no text.)" });
const body = (n: number) =>
  ["Boxes", "Halls", "Yards"].map((word, at) =>
    line(`${word} were counted, ${n * 31 + at} of them.`, 0.3 + 0.018 * at),
  );
const pages = (n: number, own: (page: number) => PageLine[]) =>
  Array.from({ length: n }, (_, at) => page(...own(at + 1)));

describe("what repeats on pages", () => {
  it("is left out from the second page on, and kept beside", () => {
    const { text, marks, leftOut } = assemble(
      pages(4, (n) => [line("Report of the halls", 0.04), ...body(n), line(`Page ${n} of 4`, 0.95)]),
    );
    expect(text.match(/Report of the halls/g)).toHaveLength(1);
    expect(text).toContain("Page 1 of 4");
    expect(text).not.toContain("Page 2 of 4");
    expect(leftOut.map(({ kind, text: piece }) => `${kind}: ${piece}`)).toEqual(
      [2, 3, 4].flatMap((n) => ["header: Report of the halls", `page-number: Page ${n} of 4`]),
    );
    expect(marks.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
      ["header", "Report of the halls"],
      ["page-number", "Page 1 of 4"],
    ]);
    for (const { at } of leftOut) expect(at).toBeLessThanOrEqual(text.length);
  });

  it.each([
    ["the page's number in its title", (n: number) => line(`Halls · ${n}`, 0.95)],
    ["Roman numbers", (n: number) => line(["i", "ii", "iii", "iv"][n - 1]!, 0.95)],
    ["Chinese numbers of pages", (n: number) => line(`第 ${n} 页 共 4 页`, 0.95)],
  ])("with %s", (_, footer) => {
    expect(assemble(pages(4, (n) => [...body(n), footer(n)])).leftOut).toHaveLength(3);
  });

  it("on left and right pages apart, is left out too", () => {
    const { leftOut } = assemble(
      pages(6, (n) => [line(n % 2 === 0 ? "Halls" : "Chapter two", 0.04), ...body(n)]),
    );
    expect(leftOut).toHaveLength(4);
  });

  it("is kept where it is text: in the middle, on two pages only, or one line of many", () => {
    const middle = assemble(pages(4, (n) => [...body(n), line("All of them.", 0.5), ...body(n + 4)]));
    expect(middle.leftOut).toEqual([]);
    expect(assemble(pages(2, (n) => [line("Report", 0.04), ...body(n)])).leftOut).toEqual([]);
    const close = assemble(
      pages(4, (n) =>
        Array.from({ length: 20 }, (_, at) => line(`Page ${n}, line ${at + 1}: boxes.`, 0.05 + 0.0177 * at)),
      ),
    );
    expect(close.leftOut).toEqual([]);
  });

  it("numbers that are not the pages' are kept", () => {
    const { text } = assemble(pages(4, (n) => [...body(n), line(`${[812, 17, 4711, 3][n - 1]}`, 0.95)]));
    expect(text).toContain("4711");
  });
});

describe("headings", () => {
  it("are known by their size, the largest first", () => {
    const { text, marks } = assemble([
      page(
        line("The halls", 0.1, { size: 20 }),
        line("Counting", 0.2, { size: 14 }),
        ...body(1),
        line("Weighing", 0.5, { size: 14, isApart: true }),
        ...body(2),
      ),
    ]);
    expect(text.match(/^#.*/gm)).toEqual(["# The halls", "## Counting", "## Weighing"]);
    expect(marks.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
      ["heading", "The halls"],
      ["heading", "Counting"],
      ["heading", "Weighing"],
    ]);
  });

  it("of two lines are one", () => {
    const large = { size: 20 };
    const { text } = assemble([
      page(line("The halls and", 0.1, large), line("their boxes", 0.13, large), ...body(1)),
    ]);
    expect(text).toContain("# The halls and\ntheir boxes\n");
  });

  it("large type for all of a page is text", () => {
    expect(assemble([page(...body(1).map((one) => ({ ...one, size: 24 })))]).text).not.toContain("#");
  });
});

describe("hyphens at ends of lines", () => {
  const words = new Words();
  words.add("a well-known example of documents");

  it.each([
    ["this exam-", "ple of it", ["this example", "of it"]],
    ["the soft\u00ad", "ware.", ["the software.", ""]],
    ["so well-", "known it is", ["so well-known", "it is"]],
    ["with hops-to-", "live of", ["with hops-to-live", "of"]],
    ["die Schiff\u2010", "fahrt, die", ["die Schifffahrt,", "die"]],
  ])("%j and %j", (first, second, joined) => {
    expect(joinAtHyphen(first, second, words)).toEqual(joined);
  });

  it.each([
    ["between 3-", "5 of them"],
    ["the Anglo-", "Saxon halls"],
    ["a dash -", "and more"],
    ["no hyphen", "here"],
  ])("%j and %j stay", (first, second) => {
    expect(joinAtHyphen(first, second, words)).toBeNull();
  });
});

it("says what a page without text is, and where form fields are", () => {
  const { text, starts, marks } = assemble([
    { lines: [], extra: [], missing: "(This page has no text.)" },
    { lines: [], extra: [{ kind: "form-field", text: "[Form fields]\nName: Ada" }], missing: "" },
  ]);
  expect(text).toBe("[Page 1]\n(This page has no text.)\n\n[Page 2]\n[Form fields]\nName: Ada");
  expect(starts).toEqual([0, text.indexOf("[Page 2]")]);
  expect(text.slice(marks[0]!.start, marks[0]!.end)).toBe("[Form fields]\nName: Ada");
});
