import { readFileSync } from "node:fs";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readDocument } from "../read-document";
import { docxInSteps, docxToText } from "./docx";
import { item, makeDocx, paragraph, run } from "./make-docx";

const readCase = (name: string) =>
  docxToText(new Uint8Array(readFileSync(new URL(`./cases/${name}`, import.meta.url))), name);
const read = (body: string, parts: Record<string, string> = {}) =>
  docxToText(makeDocx(body, parts), "a.docx");
const textOf = (body: string, parts: Record<string, string> = {}) => read(body, parts).text;

describe("a Word document with all that Word shows", () => {
  it("is read as Word shows it", () => {
    const { text, notes, marks } = readCase("word-features.docx");
    expect(text.split(/\n+/)).toEqual([
      "[Header: HEADER Contract no. 55]",
      "# 1. Lease",
      "1.1 The tenant pays rent.",
      "1.2 Rent is due monthly.",
      "# 2. Repairs",
      "2.1 The landlord repairs the roof.",
      "3. Styled list item",
      "Text with a note[^1] goes on.",
      "[^1]: FOOTNOTE 4817",
      "commented words",
      "[Comment by Ann: COMMENT check this]",
      "The price is 250 euros.",
      "co\u2011operate tick ☑ end.",
      "E=mc² is the formula.",
      "around the box",
      "Box text 77",
      "See [our page](https://example.org/x).",
      "shown",
      "Head over two",
      "left second paragraph | in1 / in2; in3 / in4 after inner",
      "漢(kan)",
      "Tabs: x y",
      "Old style change",
      "# No number",
    ]);
    expect(notes).toEqual([{ kind: "left-out", sentence: "2 hidden words were left out." }]);
    expect(marks!.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
      ["header", "[Header: HEADER Contract no. 55]"],
      ["footnote", "[^1]: FOOTNOTE 4817"],
      ["comment", "[Comment by Ann: COMMENT check this]"],
    ]);
  });

  it("has its footnotes after the paragraph and its endnotes at the end", () => {
    expect(readCase("footnotes.docx").text).toBe(
      "The crate[^1] is green[^e1]\n\n[^1]: Its code is 4817.\n\n[^e1]: See the list of 2026.",
    );
  });

  it("has the text of a box once, and apart from its paragraph", () => {
    expect(readCase("textbox.docx").text).toBe("Before after.\n\nThe boxed code is 4817.");
  });
});

it("a long document is read in steps that tell how far it is, to the same text", () => {
  const file = makeDocx(Array.from({ length: 20_000 }, (_, n) => paragraph(run(`Line ${n}`))).join(""));
  const shares: number[] = [];
  const steps = docxInSteps(file, "a.docx");
  let step = steps.next();
  for (; !step.done; step = steps.next()) shares.push(step.value);
  expect(step.value).toEqual(docxToText(file, "a.docx"));
  expect(step.value.text).toMatch(/Line 19999$/);
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

it("a long document is stopped between its steps", async () => {
  const file = makeDocx(Array.from({ length: 20_000 }, (_, n) => paragraph(run(`Line ${n}`))).join(""));
  const stop = new AbortController();
  const shares: (number | undefined)[] = [];
  const reading = readDocument(
    { kind: "file", file: new File([Uint8Array.from(file)], "a.docx"), name: "a.docx" },
    {
      signal: stop.signal,
      onProgress: ({ share }) => {
        shares.push(share);
        stop.abort();
      },
    },
  );
  await expect(reading).rejects.toMatchObject({ code: "cancelled" });
  expect(shares).toHaveLength(1);
});

describe("the main part", () => {
  const document = (prefix: string) =>
    strToU8(
      `<${prefix}document xmlns${prefix === "" ? "" : `:${prefix.slice(0, -1)}`}="http://purl.oclc.org/ooxml/wordprocessingml/main">` +
        `<${prefix}body><${prefix}p><${prefix}r><${prefix}t>Code 4817</${prefix}t></${prefix}r></${prefix}p></${prefix}body></${prefix}document>`,
    );
  const rels = (target: string) =>
    strToU8(
      `<Relationships><Relationship Id="a" Target="${target}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>`,
    );

  it.each([
    [
      "by its relationship",
      { "_rels/.rels": rels("/Word/document2.xml"), "word/document2.xml": document("w:") },
    ],
    [
      "in another folder, with another prefix",
      { "_rels/.rels": rels("a/b/../main.xml"), "a/main.xml": document("x:") },
    ],
    ["without a prefix", { "word/document.xml": document("") }],
    [
      "by its content type",
      {
        "[Content_Types].xml": strToU8(
          '<Types><Override PartName="/other.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        ),
        "other.xml": document("w:"),
      },
    ],
  ])("is found %s", (_, files) => {
    expect(docxToText(zipSync(files), "a.docx").text).toBe("Code 4817");
  });

  it("of Excel is no Word document", () => {
    const zip = zipSync({
      "_rels/.rels": rels("xl/workbook.xml"),
      "xl/workbook.xml": strToU8("<workbook/>"),
    });
    expect(() => docxToText(zip, "a.xlsx")).toThrow(/holds no text of Word/);
  });
});

describe("tracked changes", () => {
  it("are read as if they were accepted", () => {
    const removed = '<w:rPr><w:del w:id="1"/></w:rPr>';
    expect(
      textOf(
        paragraph(run("One ") + `<w:moveFrom>${run("moved")}</w:moveFrom>`, removed) +
          paragraph(run("sentence.") + `<w:moveTo>${run(" Moved.")}</w:moveTo>`) +
          `<w:tbl><w:tr><w:trPr><w:del w:id="2"/></w:trPr><w:tc>${paragraph("old")}</w:tc></w:tr>` +
          `<w:tr><w:tc>${paragraph("new")}</w:tc></w:tr></w:tbl>`,
      ),
    ).toBe("One sentence. Moved.\n\nnew");
  });

  it("do not count a removed item of a list", () => {
    const numbering = `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`;
    const removed = paragraph(
      `<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>`,
      '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>',
    );
    expect(textOf(item("a", 1) + removed + item("b", 1), { numbering })).toBe("1. a\n\n2. b");
  });
});

describe("hidden text", () => {
  it("is left out by its run, its style and its paragraph's style, and said", () => {
    const styles =
      '<w:style w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="Sub"><w:basedOn w:val="Note"/></w:style>';
    const { text, notes } = read(
      paragraph(run("a secret", '<w:rStyle w:val="Note"/>') + run("seen", '<w:vanish w:val="0"/>')) +
        paragraph(run("inner"), '<w:pStyle w:val="Sub"/>') +
        paragraph(run("end"), "<w:rPr><w:vanish/></w:rPr>"),
      { styles },
    );
    expect(text).toBe("seen\n\nend");
    expect(notes[0]!.sentence).toBe("3 hidden words were left out.");
  });

  it("is none where nothing is hidden", () => {
    expect(read(paragraph("seen")).notes).toEqual([]);
  });
});

describe("links", () => {
  const rels = (target: string) => ({
    "word/_rels/document.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/hyperlink" Target="${target}" TargetMode="External"/></Relationships>`,
  });
  const link = (text: string) =>
    paragraph(`<w:hyperlink r:id="rId1">${run(text)}</w:hyperlink>${run(" end")}`);

  it.each([
    ["the page", "https://example.org/a", "[the page](https://example.org/a) end"],
    ["the page", "https://example.org/a (b)", "[the page](https://example.org/a%20%28b%29) end"],
    ["example.org/a", "https://example.org/a/", "example.org/a end"],
    ["ann@example.org", "mailto:ann@example.org", "ann@example.org end"],
  ])("keep their target: %s to %s", (text, target, expected) => {
    expect(textOf(link(text), rels(target))).toBe(expected);
  });

  it.each(["footnotes", "comments", "header1"])("in %s have targets of their own part", (part) => {
    const tag = part === "header1" ? "hdr" : part.slice(0, -1);
    const linked = `<w:${tag} w:id="1">${link("the page")}</w:${tag}>`;
    const reference = part === "header1" ? "" : `<w:r><w:${tag}Reference w:id="1"/></w:r>`;
    const rel = (url: string) =>
      `<Relationships><Relationship Id="rId1" Type="x/hyperlink" Target="${url}" TargetMode="External"/></Relationships>`;
    expect(
      textOf(paragraph(run("a") + reference), {
        [part]: linked,
        "word/_rels/document.xml.rels": rel("https://example.org/body"),
        [`word/_rels/${part}.xml.rels`]: rel("https://example.org/part"),
      }),
    ).toContain("[the page](https://example.org/part) end");
  });

  it("in a box have the targets of the body", () => {
    const box = `<w:r><w:pict><v:textbox><w:txbxContent>${link("the page")}</w:txbxContent></v:textbox></w:pict></w:r>`;
    expect(textOf(paragraph(run("a") + box), rels("https://example.org/a"))).toBe(
      "a\n\n[the page](https://example.org/a) end",
    );
  });

  it("made by a field keep their target, and codes of fields are not read", () => {
    const field = (code: string, result: string) =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${code}</w:instrText></w:r>` +
      `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    expect(
      textOf(
        paragraph(
          field(' HYPERLINK "https://example.org" ', "here") + run(" on page ") + field(" PAGE ", "3"),
        ) +
          paragraph(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>${run("code")}`) +
          paragraph("after"),
      ),
    ).toBe("[here](https://example.org) on page 3\n\nafter");
  });
});

describe("boxes", () => {
  const box = (text: string) => `<w:txbxContent>${paragraph(text)}</w:txbxContent>`;
  const alternate = (choice: string, fallback: string) =>
    `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${choice}</mc:Choice><mc:Fallback>${fallback}</mc:Fallback></mc:AlternateContent></w:r>`;

  it("are read in their second form when the first has no text", () => {
    expect(textOf(paragraph(run("a") + alternate("<w:drawing/>", box("old form"))))).toBe("a\n\nold form");
  });

  it("in a cell stay in the cell, and leave the run's own text", () => {
    const cell = (content: string) => `<w:tc>${content}</w:tc>`;
    const boxed = paragraph(alternate(box("boxed"), box("boxed")) + run("words"));
    expect(textOf(`<w:tbl><w:tr>${cell(boxed)}${cell(paragraph("b"))}</w:tr></w:tbl>`)).toBe(
      "words boxed | b",
    );
  });
});

describe("tables", () => {
  const row = (...cells: string[]) => `<w:tr>${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join("")}</w:tr>`;
  const table = (...rows: string[]) => `<w:tbl>${rows.join("")}</w:tbl>`;

  it("in tables keep their cells apart", () => {
    const inner = table(
      row(paragraph("1"), table(row(paragraph("x"), paragraph("y")))),
      row(paragraph("2"), ""),
    );
    expect(textOf(table(row(paragraph("a"), inner + paragraph("z"))))).toBe(
      "a | 1 / x / y; 2 /  z".replace("  ", " "),
    );
  });

  it("keep empty cells, and have their notes after them", () => {
    const noted = paragraph(`${run("3")}<w:r><w:footnoteReference w:id="1"/></w:r>`);
    const footnotes = `<w:footnote w:id="0" w:type="separator">${paragraph("---")}</w:footnote><w:footnote w:id="1">${paragraph("rounded")}</w:footnote>`;
    expect(
      textOf(table(row(noted, paragraph("<w:r/>"), paragraph("c")), row(paragraph("d"))), { footnotes }),
    ).toBe("3[^1] |  | c\nd\n\n[^1]: rounded");
  });

  it("deep in tables are read, and beyond 1,000 elements deep the file is refused", () => {
    const nested = (deep: number) =>
      `<w:tbl><w:tr><w:tc>${paragraph("x")}`.repeat(deep) +
      "</w:tc></w:tr></w:tbl>".repeat(deep) +
      paragraph("end");
    expect(textOf(nested(200)).match(/x/g)).toHaveLength(200);
    expect(() => textOf(nested(100_000))).toThrow(/more than 1000 deep/);
  });
});

describe("headers and footers", () => {
  it("are told once each, without mere page numbers", () => {
    const { text, marks } = read(paragraph("Body"), {
      header1: paragraph("Draft"),
      header2: paragraph("Draft"),
      footer1: paragraph("12"),
      footer2: paragraph("Acme Ltd."),
    });
    expect(text).toBe("[Header: Draft]\n\nBody\n\n[Footer: Acme Ltd.]");
    expect(marks!.map(({ kind }) => kind)).toEqual(["header", "footer"]);
  });

  it("are missing where the file has none", () => {
    expect(read(paragraph("Body")).marks).toEqual([]);
  });
});

describe("comments", () => {
  it("name their author, after the paragraph, also in two paragraphs", () => {
    const comments = `<w:comment w:id="7" w:author="Bo">${paragraph("first")}${paragraph("second")}</w:comment>`;
    expect(textOf(paragraph(`${run("a")}<w:r><w:commentReference w:id="7"/></w:r>`), { comments })).toBe(
      "a\n[Comment by Bo: first\nsecond]",
    );
  });

  it("without an author are comments, and those of removed text are not read", () => {
    const comments = `<w:comment w:id="1">${paragraph("one")}</w:comment><w:comment w:id="2">${paragraph("two")}</w:comment>`;
    const reference = (id: number) => `<w:r><w:commentReference w:id="${id}"/></w:r>`;
    expect(textOf(paragraph(`${run("a")}${reference(1)}<w:del>${reference(2)}</w:del>`), { comments })).toBe(
      "a\n[Comment: one]",
    );
  });
});

describe("raised and lowered letters", () => {
  const run = (text: string, place?: string) =>
    `<w:r>${place ? `<w:rPr><w:vertAlign w:val="${place}"/></w:rPr>` : ""}<w:t>${text}</w:t></w:r>`;
  it("keep their place: a power is no number beside another", () => {
    const runs = [
      run("5×10"),
      run("6", "superscript"),
      run(" t of CO"),
      run("2", "subscript"),
      run(", the 4"),
    ];
    expect(textOf(paragraph([...runs, run("th", "superscript")].join("")))).toBe("5×10⁶ t of CO₂, the 4th");
  });
  it("are one word, wherever Word cuts its runs", () => {
    const runs = [run("the 19"), run("t", "superscript"), run("h", "superscript"), run(", x")];
    const lowered = [run("m", "subscript"), run("ax", "subscript"), run(" of 10"), run("-", "superscript")];
    expect(textOf(paragraph([...runs, ...lowered, run("3", "superscript")].join("")))).toBe(
      "the 19th, x_max of 10⁻³",
    );
  });
});

describe("special characters", () => {
  it.each([
    ['<w:sym w:font="Symbol" w:char="F061"/>', "α"],
    ['<w:sym w:font="Wingdings" w:char="F0FC"/>', "✓"],
    ['<w:sym w:font="Wingdings 2" w:char="F0A3"/>', "☐"],
    ["<w:t>a</w:t><w:softHyphen/><w:t>b</w:t>", "ab"],
    ['<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>&#xF0B3;</w:t>', "≥"],
  ])("%s is %s", (xml, expected) => {
    expect(textOf(paragraph(`<w:r>${xml}</w:r>`))).toBe(expected);
  });
});
