import { write, utils } from "@e965/xlsx";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { DocumentError } from "../../ground/errors";
import { makeWorkbook, row } from "./make-workbook";
import { workbookToText } from "./spreadsheet";

const read = (bytes: Uint8Array) => workbookToText(bytes, "a.xlsx", true);

describe("a workbook", () => {
  it("is read as its sheets, row by row, without what is empty around them", () => {
    const { text, unit, starts, numbers } = read(
      makeWorkbook([
        { name: "Budget & plan", rows: `${row(3, "", "Item", "Price")}${row(5, "", "tea", 3.5)}` },
        { name: "Empty", rows: "" },
        { name: "Second", rows: row(1, "one\n  two", "", "three") },
      ]),
    );
    expect(text).toBe("# Budget & plan\n\nItem | Price\ntea | 3.5\n\n# Second\n\none two |  | three");
    expect({ unit, numbers }).toEqual({ unit: "line", numbers: [1, 6] });
    expect(starts.map((start) => text.slice(start, start + 4))).toEqual(["# Bu", "# Se"]);
  });

  it("has numbers for names that are none, as lists of names of early or damaged files are", () => {
    const names = ["Ɯ\ue000ȀЀ", "x".repeat(300), "Q1"];
    const sheets = names.map((name) => ({ name, rows: row(1, "a") }));
    expect(read(makeWorkbook(sheets)).text).toBe("# Sheet 1\n\na\n\n# Sheet 2\n\na\n\n# Q1\n\na");
  });

  it("has its numbers and dates as their formats show them", () => {
    const styled = (place: string, style: number, value: number) =>
      `<c r="${place}" s="${style}"><v>${value}</v></c>`;
    const rows = row(
      1,
      styled("A1", 1, 0.256),
      styled("B1", 2, 1234567.891),
      styled("C1", 3, 45322),
      styled("D1", 4, 0.75),
      styled("E1", 5, -12),
      '<c r="F1" t="b"><v>1</v></c>',
      '<c r="G1" t="e"><v>#DIV/0!</v></c>',
    );
    const formats = ["0.0%", "#,##0.00 €", "d mmmm yyyy", "hh:mm", "0;(0)"];
    expect(read(makeWorkbook([{ name: "S", rows }], formats)).text).toBe(
      "# S\n\n25.6% | 1,234,567.89 € | 31 January 2024 | 18:00 | (12) | TRUE | #DIV/0!",
    );
  });

  it("writes a date in the reader's own format so that it is one day only", () => {
    const sheet = utils.aoa_to_sheet([[{ t: "n", v: 45293, z: "m/d/yy" }]]);
    const book = utils.book_new(sheet, "S");
    const bytes = new Uint8Array(write(book, { type: "array", bookType: "xlsx" }) as ArrayBuffer);
    expect(read(bytes).text).toBe("# S\n\n2024-01-02");
  });

  it("leaves out hidden sheets, and says which; hidden rows are read, and said", () => {
    const { text, notes } = read(
      makeWorkbook([
        { name: "Shown", rows: row(1, "a") + row(2, "b").replace("<row ", '<row hidden="1" ') },
        { name: "Secret", rows: row(1, "code 4817"), state: "hidden" },
        { name: "Deep", rows: row(1, "code 4818"), state: "veryHidden" },
      ]),
    );
    expect(text).toBe("# Shown\n\na\nb");
    expect(notes.map(({ kind }) => kind)).toEqual(["left-out", "info"]);
    expect(notes[0]!.sentence).toContain("2 hidden sheets (“Secret”, “Deep”) were left out. Show");
    expect(notes[1]!.sentence).toContain("1 hidden row");
  });

  it("shows a formula where the file holds no result of it, and says so", () => {
    const rows = row(1, 2, '<c r="B1"><f>A1*3</f><v></v></c>', '<c r="C1"><f>A1*4</f><v>8</v></c>');
    const { text, notes } = read(makeWorkbook([{ name: "S", rows }]));
    expect(text).toBe("# S\n\n2 | =A1*3 | 8");
    expect(notes.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining("1 cell has a formula and no result in the file"),
    ]);
  });

  it("of the kinds before and beside .xlsx is read alike", () => {
    const sheet = utils.aoa_to_sheet([
      ["Город", "数"],
      ["Москва", 7],
    ]);
    const book = utils.book_new(sheet, "Лист");
    const bytesOf = (bookType: "biff8" | "xlsb") =>
      new Uint8Array(write(book, { type: "array", bookType }) as ArrayBuffer);
    const right = "# Лист\n\nГород | 数\nМосква | 7";
    expect(workbookToText(bytesOf("biff8"), "a.xls", false).text).toBe(right);
    expect(workbookToText(bytesOf("xlsb"), "a.xlsb", true).text).toBe(right);
  });
});

describe("a hostile workbook", () => {
  it("that unpacks to more than it may is refused on the way, whatever part it is", () => {
    const bomb = zipSync({
      "xl/workbook.xml": new Uint8Array(10),
      "xl/sharedStrings.xml": new Uint8Array(9e6),
    });
    expect(() => workbookToText(bomb, "bomb.xlsx", true, 4e6)).toThrow(/unpacks to more than 4\sMB/);
  });

  it("with entities in entities is read without them", () => {
    const entities = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>';
    const book = makeWorkbook([{ name: "S", rows: `${row(1, "&y;")}${row(2, "end")}` }]);
    expect(entities.length).toBeLessThan(100);
    expect(read(book).text.length).toBeLessThan(100);
  });

  it("with a cell in the last corner costs no more than its cells", () => {
    const rows =
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>';
    const before = process.cpuUsage();
    const { text } = read(makeWorkbook([{ name: "S", rows }]));
    expect(text.startsWith("# S\n\n1\n")).toBe(true);
    expect(text.endsWith("| 2")).toBe(true);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
  });

  it("that is no workbook at all is refused with what to do", () => {
    expect(() => workbookToText(zipSync({ "xl/workbook.xml": new Uint8Array(4) }), "a.xlsx", true)).toThrow(
      DocumentError,
    );
  });
});
