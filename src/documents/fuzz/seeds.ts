import { utils, write, type BookType } from "@e965/xlsx";
import { strToU8, zipSync } from "fflate";
import { makePdf } from "../../testing/make-pdf";
import { makeOle } from "../office/make-ole";
import { makeWorkbook, row } from "../spreadsheet/make-workbook";
import { item, makeDocx, paragraph, run } from "../word/make-docx";

/** A small real file of each kind that is read. */
export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const zip = (parts: Readonly<Record<string, string>>) =>
  Uint8Array.from(
    zipSync(Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, strToU8(xml)]))),
  );
const utf8 = (text: string) => Uint8Array.from(strToU8(text));
const wide = (text: string) =>
  Uint8Array.from(text, (_, at) => text.charCodeAt(at)).reduce<number[]>(
    (all, byte) => [...all, byte, 0],
    [],
  );

const spaces = ["office", "text", "table", "draw", "style", "presentation", "xlink"]
  .map((name) => `xmlns:${name}="${name}"`)
  .join(" ");
const odf = (kind: string, body: string) =>
  zip({
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    "content.xml": `<office:document-content ${spaces}><office:automatic-styles><text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style></office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    "styles.xml": `<office:document-styles ${spaces}><office:styles/></office:document-styles>`,
  });
const relationships = (...list: readonly (readonly [id: string, kind: string, target: string])[]) =>
  `<Relationships>${list.map(([id, kind, target]) => `<Relationship Id="${id}" Type="x/${kind}" Target="${target}"/>`).join("")}</Relationships>`;

const table = [
  ["name", "count", "when"],
  ["tea", 12, new Date(Date.UTC(2024, 0, 31))],
  ["cups", 4.5, true],
];
const workbook = (bookType: BookType) => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(table), "Stock");
  return new Uint8Array(write(book, { type: "array", bookType }) as ArrayBuffer);
};

const mail = [
  "From: Anna <anna@example.org>",
  "To: Bo <bo@example.org>",
  "Subject: =?utf-8?q?Gr=C3=BCne_Kiste?=",
  "Date: Wed, 31 Jan 2024 11:00:00 +0000",
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="b"',
  "",
  "--b",
  "Content-Type: text/html; charset=utf-8",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  "<p>The crate is gr=C3=BCn.</p>",
  "--b",
  'Content-Type: text/plain; name="a.txt"',
  "Content-Disposition: attachment; filename*=utf-8''a%20b.txt",
  "Content-Transfer-Encoding: base64",
  "",
  "aGVsbG8gd29ybGQ=",
  "--b--",
].join("\r\n");

const html =
  "<!doctype html><html><head><title>Tea</title><style>.a{display:none}</style></head><body><nav><a href=/>Home</a></nav>" +
  `<article><h1>Tea</h1>${"<p>Water first, then <b>leaves</b> &amp; time, as <a href=x>written</a>.</p>".repeat(6)}` +
  "<table><tr><th>a<td colspan=2>b</table><ol start=3><li>one<ul><li>two</ul></ol><p class=a>hidden</article></body></html>";

const properties = new Uint8Array(48);
properties.set([0, 0, 0x39, 0], 32);

export const seeds: readonly Seed[] = [
  {
    name: "a.docx",
    bytes: Uint8Array.from(
      makeDocx(
        paragraph("Hello", '<w:pStyle w:val="Heading1"/>') +
          item("one", 1) +
          item("two", 1, 1) +
          paragraph(
            `${run("raised", '<w:vertAlign w:val="superscript"/>')}<w:r><w:footnoteReference w:id="2"/></w:r>`,
          ) +
          '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>' +
          "<w:p><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath></w:p>",
        {
          numbering:
            '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
          footnotes: '<w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>',
          styles:
            '<w:style w:styleId="Heading1" w:type="paragraph"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>',
        },
      ),
    ),
  },
  {
    name: "a.xlsx",
    bytes: makeWorkbook(
      [
        { name: "One", rows: row(1, "tea", 45_322) + row(2, '<c r="B2" s="1"><v>45322.5</v></c>') },
        { name: "Two", rows: row(1, 1, 2, 3), state: "hidden" },
      ],
      ["yyyy-mm-dd"],
    ),
  },
  { name: "a.xlsb", bytes: workbook("xlsb") },
  { name: "a.xls", bytes: workbook("biff8") },
  { name: "old.xls", bytes: workbook("biff5") },
  {
    name: "a.ods",
    bytes: odf(
      "spreadsheet",
      '<table:table table:name="S"><table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="float" office:value="4.5" table:number-columns-repeated="2"><text:p>4.5</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>',
    ),
  },
  {
    name: "a.odt",
    bytes: odf(
      "text",
      '<text:h text:outline-level="2">A heading</text:h><text:p>Two<text:s text:c="3"/>words<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note.</text:p></text:note-body></text:note></text:p><text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>two</text:p></text:list-item></text:list></text:list-item></text:list>',
    ),
  },
  {
    name: "a.odp",
    bytes: odf(
      "presentation",
      '<draw:page draw:name="1"><draw:frame presentation:class="title"><draw:text-box><text:p>Tea</text:p></draw:text-box></draw:frame><presentation:notes><draw:frame><draw:text-box><text:p>said</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>',
    ),
  },
  {
    name: "a.pptx",
    bytes: zip({
      "_rels/.rels": relationships(["r1", "officeDocument", "ppt/presentation.xml"]),
      "ppt/presentation.xml":
        '<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="s1"/></p:sldIdLst></p:presentation>',
      "ppt/_rels/presentation.xml.rels": relationships(["s1", "slide", "slides/slide1.xml"]),
      "ppt/slides/_rels/slide1.xml.rels": relationships([
        "n1",
        "notesSlide",
        "../notesSlides/notesSlide1.xml",
      ]),
      "ppt/slides/slide1.xml":
        '<p:sld xmlns:a="a" xmlns:p="p" xmlns:r="r"><p:cSld><p:spTree><p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Tea</a:t></a:r></a:p></p:txBody></p:sp><p:grpSp><p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>cell</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame></p:grpSp></p:spTree></p:cSld></p:sld>',
      "ppt/notesSlides/notesSlide1.xml":
        '<p:notes xmlns:a="a" xmlns:p="p"><p:cSld><p:spTree><p:sp><p:nvSpPr><p:nvPr><p:ph type="body"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>said</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:notes>',
    }),
  },
  {
    name: "a.epub",
    bytes: zip({
      mimetype: "application/epub+zip",
      "META-INF/container.xml":
        '<container><rootfiles><rootfile full-path="O/b.opf"/></rootfiles></container>',
      "O/b.opf":
        '<package xmlns:dc="dc"><metadata><dc:title>Tea</dc:title></metadata><manifest><item id="a" href="one.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
      "O/one.xhtml": "<html><body><h1>First</h1><p>Green &amp; black.</p></body></html>",
    }),
  },
  {
    name: "a.rtf",
    bytes: utf8(
      String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 Arial;}}{\*\generator x}\pard Hello {\b bold} \'e9\u8364?\par\trowd\cellx100 a\cell b\cell\row{\footnote A note.}{\field{\*\fldinst HYPERLINK "x"}{\fldrslt link}}\bin3 abc}`,
    ),
  },
  {
    name: "a.ipynb",
    bytes: utf8(
      JSON.stringify({
        nbformat: 4,
        metadata: { language_info: { name: "python" } },
        cells: [
          { cell_type: "markdown", source: ["# Tea\n", "first"] },
          {
            cell_type: "code",
            source: "print(1)",
            outputs: [
              { output_type: "stream", text: ["1\n"] },
              { output_type: "execute_result", data: { "text/plain": "2", "image/png": "AAAA" } },
              { output_type: "error", ename: "E", evalue: "v", traceback: ["[0;31mE"] },
            ],
          },
        ],
      }),
    ),
  },
  { name: "a.eml", bytes: utf8(mail) },
  {
    name: "a.mbox",
    bytes: utf8(`From anna Wed Jan 31 11:00:00 2024\r\n${mail}\r\n\r\nFrom bo Thu\r\n${mail}\r\n`),
  },
  {
    name: "a.mhtml",
    bytes: utf8(
      `From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="m"\r\n\r\n--m\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><h1>Tea</h1></body></html>\r\n--m--\r\n`,
    ),
  },
  {
    name: "a.msg",
    bytes: makeOle({
      "__properties_version1.0": properties,
      "__substg1.0_0037001F": Uint8Array.from(wide("Subject")),
      "__substg1.0_1000001F": Uint8Array.from(wide("The body")),
      "__attach_version1.0_#00000000/__substg1.0_3707001F": Uint8Array.from(wide("a.txt")),
      "__attach_version1.0_#00000000/__substg1.0_37010102": utf8("hi"),
    }),
  },
  { name: "a.zip", bytes: zip({ "a/b.txt": "text", "c.md": "# C", "../d": "up" }) },
  { name: "a.html", bytes: utf8(html) },
  {
    name: "a.pdf",
    bytes: makePdf(
      [
        ["The first page of tea.", { text: "beside", x: 400, y: 720 }, { text: "large", y: 600, size: 20 }],
        ["绿色 and Ж", { text: "turned", turn: 1, y: 400 }],
      ],
      {
        annotations: [
          ["<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Anna) /Rect [72 600 172 620] >>"],
          ["<< /Type /Annot /Subtype /Text /Contents (Really?) /Rect [72 600 92 620] >>"],
        ],
      },
    ),
  },
  {
    name: "a.srt",
    bytes: utf8("1\n00:00:01,000 --> 00:00:02,500\n<i>Tea?</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nYes.\n"),
  },
  { name: "a.vtt", bytes: utf8("WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.500 align:start\n<v Anna>Tea?\n") },
  { name: "utf16.txt", bytes: Uint8Array.from([0xff, 0xfe, ...wide("Tea at noon, in two bytes.\r\n")]) },
  {
    name: "sjis.csv",
    bytes: Uint8Array.from("94d48d862c96bc914f0a343831372c97ce82cc94a00a".match(/../g)!, (byte) =>
      Number.parseInt(byte, 16),
    ),
  },
  { name: "declared.xml", bytes: utf8('<?xml version="1.0" encoding="windows-1251"?><a b="c">text</a>') },
  {
    name: "a.fodt",
    bytes: utf8(
      `<?xml version="1.0"?><office:document ${spaces}><office:body><office:text><text:p>flat</text:p></office:text></office:body></office:document>`,
    ),
  },
];
