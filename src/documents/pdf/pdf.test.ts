import { beforeAll, describe, expect, it } from "vitest";
import { makeProtectedPdf } from "../../testing/encrypt-pdf";
import { assemblePdf, makePdf, stream, type PdfLine } from "../../testing/make-pdf";
import { readDocument, type ReadOptions } from "../read-document";
import { letterOfGlyph } from "./missing-letters";
import { withoutMissingPages } from "./repair";
import { standInForDomMatrix } from "../../testing/dom-matrix";

beforeAll(standInForDomMatrix);

async function read(bytes: Uint8Array<ArrayBuffer>, options: ReadOptions = {}) {
  const name = "a.pdf";
  const { document, info } = await readDocument(
    { kind: "file", file: new File([bytes], name), name },
    options,
  );
  return { text: document.text.replace(/^\[Page 1\]\n/, ""), notes: info.notes, document };
}

const table = [
  ["Year", "Revenue", "Costs", "Profit"],
  ["2021", "1,204", "1,010", "194"],
  ["2022", "1,388", "1,102", "286"],
  ["2023", "1,512", "1,240", "272"],
];
const rows = table.map((cells) => cells.join(" | ")).join("\n");
const sentence = "Revenue grew in each of the years; costs grew more slowly.";

describe("a table", () => {
  const place = (turn: 0 | 1 | 2 | 3, along: number, down: number): Pick<PdfLine, "x" | "y" | "turn"> => ({
    turn,
    x: [72 + along, 540 - down, 540 - along, 72 + down][turn]!,
    y: [700 - down, 700 - along, 72 + down, 72 + along][turn]!,
  });
  const page = (turn: 0 | 1 | 2 | 3) => [
    ...table.flatMap((cells, row) =>
      cells.map((text, cell) => ({ text, ...place(turn, 120 * cell, 16 * row) })),
    ),
    { text: sentence, ...place(turn, 0, 110) },
  ];

  it.each([0, 1, 2, 3] as const)("whose text is turned by %i quarters has its rows", async (turn) => {
    expect((await read(makePdf([page(turn)]))).text).toBe(`${rows}\n\n${sentence}`);
  });

  it.each([90, 180, 270])("on a page turned by %i° has the rows that are seen", async (rotate) => {
    const turn = ((4 - rotate / 90) % 4) as 1 | 2 | 3;
    expect((await read(makePdf([page(turn)], { rotate }))).text).toBe(`${rows}\n\n${sentence}`);
  });
});

describe("letters", () => {
  it("of a font that writes from the top down are read by columns from the right", async () => {
    const columns = ["吾輩は猫である", "名前はまだ無い"];
    const lines = columns.map((text, n) => ({ text, x: 500 - 24 * n, y: 700, size: 12 }));
    expect((await read(makePdf([lines.toReversed()], { isVertical: true }))).text).toBe(columns.join("\n"));
  });

  it.each([0.5, 1, 2, 3])("stretched %f times keep the spaces between words", async (stretch) => {
    const line = { text: "wide words stay apart", x: 72, y: 700, stretch };
    const single = "drawn one by one".split(" ").map((text, n) => ({
      text,
      x:
        72 +
        stretch * 5 * "drawn one by one".split(" ").slice(0, n).join(" ").length +
        (n > 0 ? 5 * stretch : 0),
      y: 600,
      stretch,
    }));
    expect((await read(makePdf([[line, ...single]]))).text).toBe("wide words stay apart\n\ndrawn one by one");
  });

  it("drawn twice to be bold are read once", async () => {
    const bold = [0, 0.3, 0.6].map((shift) => ({ text: "Total of all", x: 72 + shift, y: 700 }));
    expect((await read(makePdf([bold]))).text).toBe("Total of all");
  });

  /** A page that shows these codes of a font whose codes have these names. */
  const named = (names: string, codes: string) =>
    assemblePdf([
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >>",
      `<< /Type /Font /Subtype /Type1 /BaseFont /Made /FirstChar 0 /LastChar 0 /Widths [500] /Encoding << /Type /Encoding /Differences [${names}] >> >>`,
      stream(`BT /F 10 Tf 72 700 Td (Rooms in all:) Tj 100 0 Td <${codes}> Tj ET`),
    ]);

  it("that a font names in a way of its own are found by these names", async () => {
    const { text, notes } = await read(named("128 /zero.os /one.os /two.os /three.os", "81828380"));
    expect(text).toContain("1230");
    expect(notes).toEqual([]);
  });

  it("that a font does not name are said to be missing", async () => {
    const { text, notes } = await read(named("128 /x01 /x02 /x03 /x04 /x05", "8081828384"));
    expect(text).toContain("�����");
    expect(notes).toMatchObject([{ kind: "damaged", sentence: /^Page 1 has 5 signs/, numbers: [1] }]);
  });

  it.each([
    ["one.os", "1"],
    ["seven.taboldstyle", "7"],
    ["nineoldstyle", "9"],
    ["a.sc", "a"],
    ["f_f_i", "ffi"],
    ["uni0416", "Ж"],
    ["u1F600", "😀"],
    ["g123", undefined],
    [".notdef", undefined],
  ])("glyph %s", (name, letter) => {
    expect(letterOfGlyph(name)).toBe(letter);
  });
});

describe("a form", () => {
  const field = (name: string, value: string, y: number, more = "") =>
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T (${name}) /V (${value}) /Rect [200 ${y} 400 ${y + 14}] ${more} >>`;

  it("is read with the values of its fields", async () => {
    const annotations = [
      [field("value2", "2.00", 600), field("value1", "1.00", 650, "/TU (Value of the first)")],
    ];
    const { text } = await read(
      makePdf(
        [
          [
            { text: "Value 1", y: 652 },
            { text: "Value 2", y: 602 },
          ],
        ],
        { annotations },
      ),
    );
    expect(text).toBe("Value 1\n\nValue 2\n\n[Form fields]\nValue of the first: 1.00\nvalue2: 2.00");
  });

  it("of fields alone is not called scanned", async () => {
    const { text, notes } = await read(makePdf([[]], { annotations: [[field("sum", "5,25", 600)]] }));
    expect({ text, notes }).toEqual({ text: "[Form fields]\nsum: 5,25", notes: [] });
  });

  it("typed onto and commented is read with both", async () => {
    const annotations = [
      [
        "<< /Type /Annot /Subtype /FreeText /Contents (typed here) /Rect [200 600 300 614] /DA (/F 10 Tf) >>",
        "<< /Type /Annot /Subtype /Text /Contents (Is this so?) /T (Ada) /Rect [20 600 30 614] >>",
      ],
    ];
    const { text } = await read(makePdf([[{ text: "Answer:", y: 603 }]], { annotations }));
    expect(text).toBe("Answer: | typed here\n\n[Comments]\nAda: Is this so?");
  });
});

describe("a damaged file", () => {
  const pages = Array.from({ length: 20 }, (_, n) => [`Page ${n + 1} tells of box ${n * 37} in the hall.`]);
  const without = (bytes: Uint8Array<ArrayBuffer>, ...numbers: number[]) => {
    let file = Buffer.from(bytes).toString("latin1");
    for (const number of numbers)
      file = file.replace(`\n${7 + 2 * (number - 1)} 0 obj`, (object) => "x".repeat(object.length));
    return Uint8Array.from(Buffer.from(file, "latin1"));
  };

  it.each([[[8]], [[1]], [[20]], [[3, 4, 19]]])(
    "without pages %j gives the others and names these",
    async (missing) => {
      const { text, notes, document } = await read(without(makePdf(pages), ...missing));
      expect(document.starts).toHaveLength(20);
      for (let n = 1; n <= 20; n++)
        expect(text.includes(`Page ${n} tells of box ${(n - 1) * 37} in`)).toBe(!missing.includes(n));
      expect(notes).toMatchObject([{ kind: "damaged", numbers: missing }]);
      expect(notes[0]!.sentence).toContain(`the other ${20 - missing.length} pages are here`);
    },
  );

  it("whose pages are all there is left as it is", () => {
    expect(withoutMissingPages(makePdf(pages))).toBeNull();
  });

  it("that names itself among its pages ends", async () => {
    const loop = assemblePdf([
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Count 1000000000 /Kids [2 0 R 2 0 R] >>",
    ]);
    await expect(read(loop)).rejects.toMatchObject({ code: "document", message: /a\.pdf/ });
  });

  it("whose page draws itself in itself ends", async () => {
    const form =
      "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X 5 0 R >> /Font << /F 4 0 R >> >>";
    const content = "BT /F 10 Tf 72 700 Td (again) Tj ET /X Do";
    const loop = assemblePdf([
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 6 0 R /Resources << /XObject << /X 5 0 R >> /Font << /F 4 0 R >> >> >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
      `<< ${form} /Length ${content.length} >>\nstream\n${content}\nendstream`,
      stream("BT /F 10 Tf 72 720 Td (once) Tj ET /X Do"),
    ]);
    await expect(read(loop).then(({ text }) => text.length)).resolves.toBeLessThan(1000);
  });
});

describe("a protected file", () => {
  const bytes = () => makeProtectedPdf("The secret is in hall 7.", "open sesame");

  it("asks for its password, and again for a wrong one", async () => {
    await expect(read(bytes())).rejects.toMatchObject({ code: "document-password", message: /is protected/ });
    await expect(read(bytes(), { password: "open" })).rejects.toMatchObject({
      code: "document-password",
      message: /does not open/,
    });
  });

  it("is read with it", async () => {
    expect((await read(bytes(), { password: "open sesame" })).text).toBe("The secret is in hall 7.");
  });
});

describe("a page without text", () => {
  const image = `q 612 0 0 792 0 0 cm BI /W 600 /H 600 /CS /G /BPC 8 /F /AHx ID ${"ff".repeat(600 * 600)}> EI Q`;
  const text = "This page has enough words on it to be one with a text of its own.";

  it("is told: a picture, a drawing, or blank", async () => {
    const mixed = (drawing: string) => read(makePdf([[], [text]], { drawing }));
    expect((await mixed(image)).notes).toMatchObject([
      { kind: "scanned", numbers: [1], sentence: /Page 1 has no text/ },
    ]);
    expect((await mixed("72 72 m 300 300 l S")).notes).toMatchObject([{ kind: "scanned", numbers: [1] }]);
    expect((await mixed("")).notes).toEqual([{ kind: "info", sentence: "Page 1 is blank.", numbers: [1] }]);
  });

  it("but a stamp on a picture is scanned too, and a short page is not", async () => {
    expect((await read(makePdf([["SCAN 0001"]], { drawing: image }))).notes).toMatchObject([
      { kind: "scanned" },
    ]);
    expect((await read(makePdf([["The end."]]))).notes).toEqual([]);
  });

  it("in the whole file has a code of its own", async () => {
    await expect(read(makePdf([[], []], { drawing: image }))).rejects.toMatchObject({
      code: "document-scanned",
    });
  });
});

describe("a long page", () => {
  const lines = Array.from({ length: 4000 }, (_, n) => ({
    text: `line ${n} of it`,
    x: 72,
    y: 780 - 0.19 * n,
    size: 0.15,
  }));

  it("tells how far it is, and is stopped in the middle", async () => {
    const stop = new AbortController();
    const seen: (number | undefined)[] = [];
    const many = [...lines, ...lines.map((line) => ({ ...line, x: 300 }))];
    const reading = read(makePdf([many]), {
      signal: stop.signal,
      onProgress: ({ pieces }) => {
        if (pieces === undefined) return; // between pages
        seen.push(pieces);
        stop.abort();
      },
    });
    await expect(reading).rejects.toMatchObject({ code: "cancelled" });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeGreaterThan(1000);
  });

  it("of 4,000 lines is read whole", async () => {
    expect((await read(makePdf([lines]))).text.split("\n")).toHaveLength(4000);
  });
});
