import { describe, expect, it } from "vitest";
import { layOut } from "./page-layout";
import type { PageItem } from "./pieces";

/** A page of 612 by 792 points, as it is seen. */
const view = { width: 612, height: 792, transform: [1, 0, 0, -1, 0, 792] };

/** Text of letters half as wide as they are high, `y` points from the top. */
function at(x: number, y: number, str: string, size = 10, width = str.length * size * 0.5): PageItem {
  return { str, dir: "ltr", width, height: size, transform: [size, 0, 0, size, x, 792 - y] };
}

const words =
  "of the quick report about boxes that were counted in the green hall and in the red one by".split(" ");
/** Lines that go on with a sentence, as wide as a column. */
function column(x: number, y: number, name: string, nLines: number, width = 230): PageItem[] {
  return Array.from({ length: nLines }, (_, n) => {
    const start = `${n === 0 ? "The" : "and"} ${name}${n} `;
    let text = start;
    for (let word = 0; (text.length + words[word % words.length]!.length) * 5 < width; word++)
      text += `${words[(word + n) % words.length]!} `;
    return at(x, y + 12 * n, text.trim(), 10, width - (n % 3));
  });
}

const textOf = (items: readonly PageItem[], own = view) => layOut(items, own).map(({ text }) => text);
/** The order of lines by the names in them. */
const namesIn = (items: readonly PageItem[]) =>
  textOf(items).map((line) => [...line.matchAll(/[a-z]+\d+|Title|Figure/g)].map(([name]) => name).join("+"));
const names = (name: string, n: number) => Array.from({ length: n }, (_, line) => `${name}${line}`);

describe("columns", () => {
  it.each([8, 10, 24])("with a gutter of %i pt are read one after the other", (gutter) => {
    const items = [...column(72, 100, "left", 12), ...column(72 + 230 + gutter, 100, "right", 12)];
    expect(namesIn(items)).toEqual([...names("left", 12), ...names("right", 12)]);
  });

  it("drawn line by line across the page are columns too", () => {
    const left = column(72, 100, "left", 12);
    const right = column(312, 100, "right", 12);
    expect(namesIn(left.flatMap((line, n) => [line, right[n]!]))).toEqual([
      ...names("left", 12),
      ...names("right", 12),
    ]);
  });

  it("three of them", () => {
    const items = [
      ...column(40, 100, "a", 10, 165),
      ...column(220, 100, "b", 10, 165),
      ...column(400, 100, "c", 10, 165),
    ];
    expect(namesIn(items)).toEqual([...names("a", 10), ...names("b", 10), ...names("c", 10)]);
  });

  it("are cut by what reaches over both, and by nothing else", () => {
    // The gap between paragraphs is at the same height on both sides.
    const items = [
      at(150, 60, "Title of the paper over both columns", 14),
      ...column(72, 100, "a", 5),
      ...column(72, 172, "b", 5),
      ...column(312, 100, "c", 5),
      ...column(312, 172, "d", 5),
      at(
        80,
        260,
        "Figure 1: the boxes of all halls side by side, over the whole of the page, in colours",
        10,
        440,
      ),
      ...column(72, 290, "e", 5),
      ...column(312, 290, "f", 5),
    ];
    expect(namesIn(items)).toEqual([
      "Title",
      ...["a", "b", "c", "d"].flatMap((name) => names(name, 5)),
      "Figure",
      ...names("e", 5),
      ...names("f", 5),
    ]);
  });

  it("a right one of short lines is read after the left one", () => {
    const side = ["Hall 1", "north side", "of the yard", "open daily", "from nine", "to five"].map(
      (text, n) => at(330, 100 + 12 * n, text),
    );
    const lines = textOf([...column(72, 100, "left", 10), ...side]);
    expect(lines.slice(10)).toEqual([
      "Hall 1",
      "north side",
      "of the yard",
      "open daily",
      "from nine",
      "to five",
    ]);
  });

  it("a page's number between them comes last", () => {
    const items = [
      ...column(72, 100, "left", 40),
      ...column(312, 100, "right", 40),
      at(303, 690, "7", 10, 5),
    ];
    expect(textOf(items).at(-1)).toBe("7");
  });

  it("in Arabic begin on the right", () => {
    const arabic = (x: number, name: string) =>
      Array.from({ length: 8 }, (_, n) => ({
        ...at(x, 100 + 12 * n, `${"كلمة ".repeat(8)}${name}${n}`, 10, 230),
        dir: "rtl",
      }));
    expect(namesIn([...arabic(72, "left"), ...arabic(312, "right")])).toEqual([
      ...names("right", 8),
      ...names("left", 8),
    ]);
  });
});

describe("tables", () => {
  const row = (y: number, ...cells: string[]) => cells.map((text, n) => at(72 + 120 * n, y, text));

  it("are rows with separators", () => {
    const items = [...row(100, "Year", "Revenue", "Costs"), ...row(116, "2021", "1,204", "1,010")];
    expect(textOf(items)).toEqual(["Year | Revenue | Costs", "2021 | 1,204 | 1,010"]);
  });

  it("drawn column by column are rows too", () => {
    const table = [
      row(100, "Year", "Costs"),
      row(116, "2021", "1,010"),
      row(132, "2022", "1,102"),
      row(148, "2023", "1,240"),
    ];
    const items = [0, 1].flatMap((n) => table.map((cells) => cells[n]!));
    expect(textOf(items)).toEqual(["Year | Costs", "2021 | 1,010", "2022 | 1,102", "2023 | 1,240"]);
  });

  it("with narrow gaps are known by the rows around", () => {
    const items = [100, 114, 128].flatMap((y, n) => [
      at(72, y, `item ${n}`),
      at(120, y, `${n}00`),
      at(155, y, `${n} kg`),
    ]);
    expect(textOf(items)).toEqual(["item 0 | 000 | 0 kg", "item 1 | 100 | 1 kg", "item 2 | 200 | 2 kg"]);
  });

  it("of terms and long texts keep the term beside its text", () => {
    const items = ["Yard", "Hall", "Roof", "Gate"].flatMap((term, n) => [
      at(72, 100 + 36 * n, term),
      at(200, 100 + 36 * n, `The ${term} is where boxes are kept that have been counted`),
      at(200, 112 + 36 * n, "and were not yet taken away by those who had sent them."),
    ]);
    expect(textOf(items).filter((_, n) => n % 2 === 0)).toEqual(
      ["Yard", "Hall", "Roof", "Gate"].map(
        (term) => `${term} | The ${term} is where boxes are kept that have been counted`,
      ),
    );
  });

  it("of 1,000 rows of 8 cells take seconds, not minutes", () => {
    const items = Array.from({ length: 8000 }, (_, n) =>
      at(20 + 70 * (n % 8), 20 + 0.7 * (n >> 3), `c${n}`, 0.5),
    );
    const before = process.cpuUsage();
    const lines = textOf(items);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(5); // all pairs of cells took 15 s
    expect(lines).toHaveLength(1000);
    expect(lines[3]).toBe("c24 | c25 | c26 | c27 | c28 | c29 | c30 | c31");
  });
});

describe("lines", () => {
  it("4,000 of them on a page overflow nothing", () => {
    const items = Array.from({ length: 4000 }, (_, n) => at(72, 10 + 0.19 * n, `line ${n}`, 0.15));
    expect(textOf(items)).toEqual(Array.from({ length: 4000 }, (_, n) => `line ${n}`));
  });

  it("of words drawn one by one, in any order, are put together", () => {
    const items = [at(128, 100, "words"), at(72, 100, "Three"), at(100, 100, "small")];
    expect(textOf(items)).toEqual(["Three small words"]);
  });

  it("keep what is raised or lowered in its place", () => {
    const items = [
      at(72, 100, "E = mc"),
      at(103, 96, "2", 7),
      at(110, 100, "holds, H"),
      at(151, 102, "2", 7),
      at(156, 100, "O too"),
    ];
    expect(textOf(items)).toEqual(["E = mc2 holds, H2O too"]);
  });

  it("drawn twice to be bold are read once", () => {
    const bold = ["Total", "amount"].flatMap((word, n) => [
      at(72 + 40 * n, 100, word),
      at(72.4 + 40 * n, 100.2, word),
    ]);
    expect(textOf(bold)).toEqual(["Total amount"]);
    const letters = [..."ball"].flatMap((letter, n) => [
      at(72 + 5 * n, 140, letter),
      at(72.3 + 5 * n, 140, letter),
    ]);
    expect(textOf(letters)).toEqual(["ball"]);
  });

  it("that are equal, one below the other, are all kept", () => {
    expect(textOf([at(72, 100, "ditto"), at(72, 112, "ditto"), at(72, 124, "ditto")])).toEqual([
      "ditto",
      "ditto",
      "ditto",
    ]);
  });
});

describe("lines with spaces as wide as a gutter", () => {
  // Each gap is 8 points of letters of 10: wider than a space, and as wide as a narrow gutter.
  const spread = (x: number, y: number, parts: readonly string[]) => {
    let left = x;
    return parts.map((part) => {
      const item = at(left, y, part);
      left += part.length * 5 + 8;
      return item;
    });
  };
  const scanned = [
    ["The words of a scan", "stand where", "they were seen"],
    ["and", "spaces between them", "are what they are"],
    ["in", "the line, so that some", "of them lie"],
    ["below each", "other as a gutter", "would, by chance"],
    ["and no column", "begins", "at any of them"],
  ];
  const inColumn = (x: number) => [
    at(x, 88, "So it was before this page was put through the"),
    ...scanned.flatMap((parts, n) => spread(x, 100 + 12 * n, parts)),
    at(x, 160, "same machine that had read all of the others in"),
  ];
  const read = [
    "So it was before this page was put through the",
    ...scanned.map((parts) => parts.join(" ")),
    "same machine that had read all of the others in",
  ];

  it("are whole, also in a column", () => {
    expect(textOf(inColumn(72))).toEqual(read);
    expect(textOf([...inColumn(40), ...inColumn(316)])).toEqual([...read, ...read]);
  });

  it("but a gutter that narrow is one where it goes on", () => {
    const items = [...column(72, 100, "left", 12), ...column(72 + 230 + 8, 100, "right", 12)];
    expect(namesIn(items)).toEqual([...names("left", 12), ...names("right", 12)]);
  });
});

describe("letters drawn apart", () => {
  it("keep the narrow spaces of a tight line that pdf.js saw, and gain none within a word", () => {
    const tight = [at(72, 100, "under"), at(97, 100, " ", 10, 1.6), at(98.6, 100, "Knossos")];
    expect(textOf([...tight, at(133.6, 100, "[23]")])).toEqual(["under Knossos[23]"]);
    const spaced = [at(72, 100, "under"), at(97, 100, " ", 10, 0.6), at(97.6, 100, "taker")];
    expect(textOf(spaced)).toEqual(["undertaker"]);
  });

  // As TeX has them in its first encoding: an accent, drawn over the letter that follows.
  it.each([
    ["alone, above a capital", [at(75, 97.6, "¨", 10, 3), at(72, 100, "Ozalp")], "Özalp"],
    ["at the end of what is before", [at(72, 100, "Babao˘", 10, 29), at(97, 100, "glu")], "Babaoğlu"],
    ["over a letter without its dot", [at(72, 100, "na¨", 10, 14), at(82, 100, "ıve")], "naïve"],
    ["but not beside one", [at(72, 100, "a~", 10, 10), at(82, 100, "n")], "a~n"],
    ["nor over a sign that has none", [at(72, 100, "ˆ", 10, 5), at(72, 100, "2")], "ˆ2"],
  ])("have accents on them: %s", (_, items, text) => {
    expect(textOf(items)).toEqual([text]);
  });
});

describe("turned text", () => {
  const table = (["Year Costs", "2021 1,010", "2022 1,102"] as const).map((line) => line.split(" "));
  const rows = ["Year | Costs", "2021 | 1,010", "2022 | 1,102"];

  it.each([
    [1, (u: number, v: number) => [0, -10, 10, 0, 600 - v - 100, 700 - u]],
    [2, (u: number, v: number) => [-10, 0, 0, -10, 500 - u, 100 + v]],
    [3, (u: number, v: number) => [0, 10, -10, 0, 100 + v, 100 + u]],
  ] as const)("by %i quarters is read as rows", (turn, place) => {
    const items = table.flatMap((cells, n) =>
      cells.map((str, cell) => ({
        str,
        dir: "ltr",
        width: 5 * str.length,
        height: 10,
        // Clockwise on a page whose y grows upwards; `v` grows from row to row.
        transform: [...place(120 * cell, turn === 1 ? 16 * n : turn === 2 ? 16 * n : 16 * n)],
      })),
    );
    expect(textOf(items)).toEqual(rows);
  });

  it("on a page that viewers turn is read as it is seen", () => {
    const items = table.flatMap((cells, n) =>
      cells.map((str, cell) => ({
        str,
        dir: "ltr",
        width: 5 * str.length,
        height: 10,
        transform: [0, 10, -10, 0, 80 + 16 * n, 72 + 120 * cell],
      })),
    );
    expect(textOf(items, { width: 792, height: 612, transform: [0, 1, 1, 0, 0, 0] })).toEqual(rows);
  });

  it("beside upright text stands after it", () => {
    const stamp = {
      str: "arXiv:1234 in the margin",
      dir: "ltr",
      width: 120,
      height: 12,
      transform: [0, 12, -12, 0, 30, 300],
    };
    expect(textOf([stamp, ...column(72, 100, "body", 3)]).at(-1)).toBe("arXiv:1234 in the margin");
  });
});

describe("vertical Japanese", () => {
  const columns = ["吾輩は猫である。", "名前はまだ無い。", "どこで生れたか。"];

  it("of a vertical font is read from the right to the left", () => {
    const items = columns.map((str, n) => ({
      str,
      dir: "ttb",
      width: 12,
      height: 12 * str.length,
      transform: [12, 0, 0, 12, 500 - 20 * n, 700],
      isVertical: true,
    }));
    expect(textOf(items.toReversed())).toEqual(columns);
  });

  it("of single letters below one another is read the same", () => {
    const items = columns.flatMap((column, n) =>
      [...column].map((letter, row) => at(500 - 20 * n, 100 + 13 * row, letter, 12, 12)),
    );
    expect(textOf(items)).toEqual(columns);
  });

  it("two letters one above the other are no vertical text", () => {
    expect(textOf([at(72, 100, "猫", 12, 12), at(72, 116, "犬", 12, 12)])).toEqual(["猫", "犬"]);
  });
});

describe("footnotes", () => {
  const note = (x: number, y: number, text: string) => at(x, y, text, 8);

  it("of the left column come after the right one", () => {
    const items = [
      ...column(72, 100, "left", 12),
      note(72, 260, "1 Counted on Monday, as is"),
      note(72, 270, "said in the annex of it."),
      ...column(312, 100, "right", 14),
    ];
    const lines = layOut(items, view);
    expect(lines.slice(-2).map(({ text, isFootnote }) => [text, isFootnote])).toEqual([
      ["1 Counted on Monday, as is", true],
      ["said in the annex of it.", true],
    ]);
    expect(lines.filter(({ isFootnote }) => isFootnote)).toHaveLength(2);
  });

  it("small print without a mark stays where it is", () => {
    const items = [...column(72, 100, "body", 12), note(72, 260, "Prices without tax")];
    expect(layOut(items, view).filter(({ isFootnote }) => isFootnote)).toEqual([]);
  });
});
