import { strToU8, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { DocumentError } from "../ground/errors";
import { makePdf, type PdfPage } from "../testing/make-pdf";
import { docxToText } from "./word/docx";
import { readDocument } from "./read-document";
import { standInForDomMatrix } from "../testing/dom-matrix";

beforeAll(standInForDomMatrix);

const file = (bytes: Uint8Array<ArrayBuffer> | string, name: string) =>
  ({ kind: "file", file: new File([bytes], name), name }) as const;
const read = async (bytes: Uint8Array<ArrayBuffer> | string, name: string) => {
  const { document, info } = await readDocument(file(bytes, name));
  return { ...info, text: document.text };
};
const world = "Grüße, 你好世界, مرحبا بالعالم, 👩‍👩‍👧‍👦 end";

describe("text", () => {
  it.each([
    ["UTF-8", Buffer.from(world, "utf8")],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${world}`, "utf8")],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${world}`, "utf16le")],
    ["UTF-16, the other way round", Buffer.from(`\ufeff${world}`, "utf16le").swap16()],
  ])("in %s", async (_, bytes) => {
    expect((await read(Uint8Array.from(bytes), "a.txt")).text).toBe(world);
  });

  it("in UTF-16 without a mark, and in Latin-1", async () => {
    expect((await read(Uint8Array.from(Buffer.from("plain text", "utf16le")), "a")).text).toBe("plain text");
    expect((await read(Uint8Array.of(0x47, 0x72, 0xfc, 0xdf, 0x65), "a.txt")).text).toBe("Grüße");
  });

  it("is kept as it is, but for line ends and letters in two parts", async () => {
    const { text, nUnits, unit, sizeBytes } = await read('a,b\r\n1,"x"\r\n\te\u0301\n', "a.csv");
    expect(text).toBe('a,b\n1,"x"\n\t\u00e9\n');
    expect({ nUnits, unit, sizeBytes }).toEqual({ nUnits: 3, unit: "line", sizeBytes: 17 });
  });

  it.each([
    [
      "a picture",
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
      /is a picture \(PNG\)/,
    ],
    ["random bytes", Uint8Array.from({ length: 400 }, (_, n) => (n * 89) % 256), /not text/],
    ["an old Word file that is cut off", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3), /damaged/],
    ["nothing", new Uint8Array(), /no text \(0 bytes\)/],
    ["only spaces", strToU8(" \n\n"), /no text/],
  ])("%s is refused", async (_, bytes, message) => {
    const reading = read(Uint8Array.from(bytes), "a");
    await expect(reading).rejects.toThrow(DocumentError);
    await expect(reading).rejects.toThrow(message);
  });

  it("has an id of what it says, whatever its name", async () => {
    const [a, b, c] = [await read("same", "a"), await read("same", "b"), await read("other", "a")];
    expect(a.id).toBe(b.id);
    expect(a.id).not.toBe(c.id);
  });
});

describe("HTML", () => {
  it("is read as text: headings, lists, tables and code, no tags, scripts or styles", async () => {
    const html = `<!doctype html><html><head><meta charset=utf-8><title>A &amp; B</title><style>p{}</style>
      <script>var a = "<p>no</p>";</script></head><body><nav hidden>menu</nav>
      <h2>Part <em>one</em></h2><p>First   line<br>second &lt;tag&gt; &eacute;.</p><p style="display:none">gone</p>
      <ul><li>one<li>two<ol><li>inner</ol></ul><table><tr><th>Name<th>Price<tr><td>tea<td><p>3</p> coins</table>
      <pre>  keep
    this</pre><img src=x alt="a cat">tail<noscript>no</noscript></body></html>`;
    expect((await read(html, "page.html")).text).toBe(
      "A & B\n\n## Part one\n\nFirst line\nsecond <tag> é.\n\n- one\n- two\n  1. inner\n\n" +
        "Name | Price\ntea | 3 coins\n\n  keep\n    this\n\n[Image: a cat] tail",
    );
  });

  it("is known by its first words too, and in the encoding it names", async () => {
    const html = strToU8("<html><meta charset='windows-1251'><p>");
    const bytes = Uint8Array.from([...html, 0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
    expect((await read(bytes, "page")).text).toBe("Привет");
  });

  it("in a Markdown or code file stays as it is", async () => {
    const text = "# Title\n\n<div>kept</div>\n";
    expect((await read(text, "a.md")).text).toBe(text);
  });
});

const wordXml = (body: string) =>
  strToU8(`<?xml version="1.0"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body>${body}</w:body></w:document>`);
const paragraph = (text: string, properties = "") =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

describe("DOCX", () => {
  it("is read as paragraphs, headings, lists and tables", async () => {
    const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;
    const body =
      paragraph("Bericht", '<w:pStyle w:val="berschrift1"/>') +
      `<w:p><w:r><w:t>Hel</w:t></w:r><w:r><w:t>lo </w:t></w:r><w:r><w:t>你好 &amp; 😀</w:t><w:br/><w:t>line</w:t></w:r></w:p>` +
      paragraph("item", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') +
      `<w:tbl><w:tr>${cell("a")}${cell("b")}</w:tr><w:tr>${cell("1")}${cell("2")}</w:tr></w:tbl>` +
      "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText><w:t>end</w:t></w:r></w:p>";
    const styles = strToU8(
      '<w:styles><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>',
    );
    const zip = zipSync({
      "word/document.xml": wordXml(body),
      "word/styles.xml": styles,
      "x.bin": strToU8("x"),
    });
    expect((await read(Uint8Array.from(zip), "a.docx")).text).toBe(
      "# Bericht\n\nHello 你好 & 😀\nline\n\n- item\n\na | b\n1 | 2\n\nend",
    );
  });

  it("that is another zip, or cut off, is refused", async () => {
    const other = zipSync({ "a.txt": strToU8("text") });
    await expect(read(Uint8Array.from(other), "a.zip")).rejects.toMatchObject({ code: "document-archive" });
    const whole = zipSync({ "word/document.xml": wordXml(paragraph("text ".repeat(5000))) });
    await expect(read(Uint8Array.from(whole.slice(0, 60)), "a.docx")).rejects.toThrow(DocumentError);
  });

  it("that unpacks to more than it may is refused on the way", () => {
    const bomb = zipSync({ "word/document.xml": new Uint8Array(8e6) });
    expect(bomb.length).toBeLessThan(20_000);
    expect(() => docxToText(bomb, "bomb.docx", 4e6)).toThrow(/kB and unpacks to more than 4\sMB/);
  });
});

describe("PDF", () => {
  const readPdf = (pages: readonly PdfPage[]) => read(makePdf(pages), "a.pdf");

  it("keeps page numbers, and says which pages have no text", async () => {
    const { text, unit, starts, numbers, nUnits, notes } = await readPdf([
      ["Title of all", "Second line"],
      [],
      // Files hold Arabic as it is seen, from left to right.
      ["Grüße, 你好世界 😀", [..."مرحبا بالعالم"].reverse().join("")],
    ]);
    expect(text).toBe(
      "[Page 1]\nTitle of all\nSecond line\n\n[Page 2]\n(This page has no text.)\n\n" +
        "[Page 3]\nGrüße, 你好世界 😀\nمرحبا بالعالم",
    );
    expect({ unit, numbers, nUnits }).toEqual({
      unit: "page",
      numbers: [1, 2, 3],
      nUnits: 3,
    });
    expect(notes).toEqual([{ kind: "info", sentence: "Page 2 is blank.", numbers: [2] }]);
    expect(starts.map((start) => text.slice(start, start + 8))).toEqual(["[Page 1]", "[Page 2]", "[Page 3]"]);
  });

  it("of 300 pages is read within seconds, page by page", async () => {
    const pages = Array.from({ length: 300 }, (_, n) =>
      Array.from({ length: 30 }, (_, line) => `Page ${n + 1}, line ${line + 1} of a long report.`),
    );
    const seen: number[] = [];
    const { document } = await readDocument(file(makePdf(pages), "a.pdf"), {
      onProgress: ({ pages, totalPages }) => seen.push(pages / totalPages),
    });
    expect(document.starts).toHaveLength(300);
    expect(document.text).toContain("[Page 217]\nPage 217, line 1 of a long report.\nPage 217, line 2");
    // Nothing before the first page, then each; a slow page is told of once more.
    expect(new Set(seen).size).toBe(301);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  }, 60_000);

  it("is read down one column, then the other, its title first, whatever the order in the file", async () => {
    const column = (x: number, name: string) =>
      Array.from({ length: 5 }, (_, n) => ({
        text: `${name} column has line ${n + 1} here`,
        x,
        y: 600 - 14 * n,
      }));
    const page = [
      ...column(330, "Right"),
      ...column(72, "Left"),
      { text: "The title over both columns", x: 150, y: 700, size: 18 },
    ];
    const { text } = await readPdf([page]);
    const order = [...text.matchAll(/The title|(?:Left|Right) column has line \d/g)].map(([found]) => found);
    expect(order).toEqual([
      "The title",
      ...[1, 2, 3, 4, 5].map((n) => `Left column has line ${n}`),
      ...[1, 2, 3, 4, 5].map((n) => `Right column has line ${n}`),
    ]);
  });

  it("keeps the rows of a table together", async () => {
    const row = (y: number, ...cells: string[]) => cells.map((text, n) => ({ text, x: 72 + 150 * n, y }));
    const { text } = await readPdf([
      [
        ...row(700, "Name", "Price", "Weight"),
        ...row(686, "tea", "3", "1 kg"),
        ...row(672, "salt", "1", "2 kg"),
      ],
    ]);
    expect(text).toBe("[Page 1]\nName | Price | Weight\ntea | 3 | 1 kg\nsalt | 1 | 2 kg");
  });

  it("words drawn one by one are one line", async () => {
    const { text } = await readPdf([
      [
        { text: "Three", x: 72, y: 700 },
        { text: "small", x: 100, y: 700 },
        { text: "words", x: 128, y: 700 },
      ],
    ]);
    expect(text).toBe("[Page 1]\nThree small words");
  });

  it("of scanned pages, or damaged, is refused", async () => {
    await expect(readPdf([[], []])).rejects.toThrow(/None of the 2 pages/);
    await expect(read("%PDF-1.4\nnothing of it", "a.pdf")).rejects.toThrow(DocumentError);
  });
});
