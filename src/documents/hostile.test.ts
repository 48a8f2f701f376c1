import { strToU8, zipSync } from "fflate";
import { beforeAll, expect, it } from "vitest";
import { AppError } from "../ground/errors";
import { assemblePdf } from "../testing/make-pdf";
import { readDocument } from "./read-document";
import { makeDocx, paragraph } from "./word/make-docx";
import { standInForDomMatrix } from "../testing/dom-matrix";

/** Files made to hang a reader, fill the memory or overflow the stack, read as a person would attach them. */

beforeAll(standInForDomMatrix);

/** CPU time of one file: the slowest takes some 5 s on a busy machine. */
const mostCpuMs = 20_000;

/** @returns the text, or the sentence that the file was refused with */
async function read(content: string | Uint8Array, name: string): Promise<string> {
  const bytes = Uint8Array.from(typeof content === "string" ? strToU8(content) : content);
  const before = process.cpuUsage();
  try {
    const { document } = await readDocument({ kind: "file", file: new File([bytes], name), name });
    return document.text;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.hint).not.toBe("");
    return error.message;
  } finally {
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(mostCpuMs);
  }
}

const zip = (parts: Readonly<Record<string, string | Uint8Array>>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([path, part]) => [path, typeof part === "string" ? strToU8(part) : part]),
    ),
    { level: 1 },
  );

const odf = (kind: string, body: string, before = "") =>
  zip({
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    "content.xml": `${before}<office:document-content><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
  });
const epub = (chapter: string | Uint8Array) =>
  zip({
    mimetype: "application/epub+zip",
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
    "b.opf":
      '<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
    "a.xhtml": chapter,
  });
const pptx = (slide: string | Uint8Array) =>
  zip({
    "_rels/.rels":
      '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="ppt/presentation.xml"/></Relationships>',
    "ppt/presentation.xml":
      '<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="s1"/></p:sldIdLst></p:presentation>',
    "ppt/_rels/presentation.xml.rels":
      '<Relationships><Relationship Id="s1" Type="x/slide" Target="slides/slide1.xml"/></Relationships>',
    "ppt/slides/slide1.xml": slide,
  });

/** Packs a part with a size in its headers that is not its own. */
function withLyingSize(bytes: Uint8Array, size: number): Uint8Array {
  const changed = bytes.slice();
  const view = new DataView(changed.buffer);
  for (let at = 0; at + 30 < changed.length; at++) {
    if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, size, true);
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true);
  }
  return changed;
}

// The other formats unpack by the same counter; their own tests hold it with a smaller limit.
it.each([
  ["bomb.docx", 140e6, /unpacks to more than 128\sMB/, { "word/document.xml": "" }],
  [
    "bomb.xlsx",
    70e6,
    /unpacks to more than 64\sMB/,
    { "xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": "" },
  ],
] as const)(
  "%s whose headers lie about its size is refused while it unpacks",
  async (name, size, said, parts) => {
    const filled = Object.entries(parts).map(([path, xml]) => [path, xml || new Uint8Array(size).fill(0x20)]);
    expect(
      await read(
        withLyingSize(zip(Object.fromEntries(filled) as Record<string, string | Uint8Array>), 10),
        name,
      ),
    ).toMatch(said);
  },
);

const laughs =
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol"><!ENTITY secret SYSTEM "file:///etc/passwd">' +
  Array.from({ length: 20 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("") +
  "]>";

it.each<[name: string, content: Uint8Array | string]>([
  [
    "laughs.docx",
    zip({
      "word/document.xml": `${laughs}<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Begin &l20; &secret; end</w:t></w:r></w:p></w:body></w:document>`,
    }),
  ],
  ["laughs.odt", odf("text", "<text:p>Begin &l20; &secret; end</text:p>", laughs)],
  ["laughs.epub", epub(`${laughs}<html><body><p>Begin &l20; &secret; end</p></body></html>`)],
  [
    "laughs.pptx",
    pptx(
      `${laughs}<p:sld xmlns:a="a" xmlns:p="p"><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>Begin &l20; &secret; end</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>`,
    ),
  ],
  ["laughs.html", `${laughs}<html><body><p>Begin &l20; &secret; end</p></body></html>`],
  [
    "laughs.fodt",
    `${laughs}<office:document office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>Begin &l20; &secret; end</text:p></office:text></office:body></office:document>`,
  ],
])("%s: entities in entities and those of other files stay as they are written", async (name, content) => {
  const text = await read(content, name);
  expect(text).toMatch(/Begin[^]*end/);
  expect(text).not.toMatch(/lollol|root:/);
  expect(text.length).toBeLessThan(200 + laughs.length);
});

const aPage = (n: number, parent: number, more = "") =>
  `<< /Type /Page /Parent ${parent} 0 R /MediaBox [0 0 612 792] /Contents ${n} 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> ${more} >>`;
const content = "BT /F 12 Tf 72 700 Td (The crate is green.) Tj ET";
const stream = `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;

it.each<[what: string, objects: string[]]>([
  [
    "page tree",
    [
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Count 2 /Kids [3 0 R 2 0 R] /Parent 2 0 R >>",
      aPage(4, 2),
      stream,
    ],
  ],
  [
    "outline",
    [
      "<< /Type /Catalog /Pages 2 0 R /Outlines 5 0 R >>",
      "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      aPage(4, 2),
      stream,
      "<< /First 6 0 R /Last 6 0 R >>",
      "<< /Title (a) /Next 6 0 R /First 5 0 R /Parent 5 0 R /Dest [3 0 R /Fit] >>",
    ],
  ],
  [
    "form",
    [
      "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R 6 0 R] >> >>",
      "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      aPage(4, 2, "/Annots [6 0 R]"),
      stream,
      "<< /T (a) /FT /Tx /V (b) /Kids [6 0 R 5 0 R] /Parent 6 0 R >>",
      "<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /T (c) /Kids [5 0 R 6 0 R] /Parent 5 0 R >>",
    ],
  ],
  [
    "row of annotations",
    [
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      aPage(4, 2, "/Annots [5 0 R 6 0 R]"),
      stream,
      "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (n) /IRT 6 0 R /Popup 6 0 R /Parent 6 0 R >>",
      "<< /Type /Annot /Subtype /Popup /Rect [0 0 9 9] /IRT 5 0 R /Popup 5 0 R /Parent 5 0 R >>",
    ],
  ],
  [
    "picture of its own picture",
    [
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      aPage(4, 2).replace("/Resources <<", "/Resources << /XObject << /X 5 0 R >>"),
      `<< /Length ${content.length + 6} >>\nstream\n${content} /X Do\nendstream`,
      "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream",
    ],
  ],
])("a PDF whose %s goes round in a circle is read", async (what, objects) => {
  expect(await read(assemblePdf(objects), `${what}.pdf`)).toContain("The crate is green.");
});

const deep = (times: number, open: string, inner: string, close: string) =>
  open.repeat(times) + inner + close.repeat(times);

/** A mail in a mail in a mail. */
function mailInMails(times: number): string {
  let mail = "Subject: inner\r\n\r\nThe crate is green.\r\n";
  for (let n = 0; n < times; n++)
    mail = `Subject: mail ${n}\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n${mail}`;
  return `From: a@b.example\r\nTo: c@d.example\r\n${mail}`;
}

it.each<[name: string, make: () => Uint8Array | string]>([
  ["deep.html", () => `<html><body>${deep(100_000, "<div>", "x", "</div>")}`],
  ["deep table.html", () => `<html><body>${deep(50_000, "<table><tr><td>", "x", "")}`],
  ["deep quotes.html", () => `<html><body>${deep(100_000, "<blockquote><ul><li>", "x", "")}`],
  ["deep.json", () => deep(1_000_000, "[", "1", "]")],
  ["deep.ipynb", () => `{"nbformat":4,"cells":${deep(1_000_000, "[", "1", "]")}}`],
  [
    "deep.odt",
    () =>
      odf(
        "text",
        deep(100_000, "<text:list><text:list-item>", "<text:p>x</text:p>", "</text:list-item></text:list>"),
      ),
  ],
  ["deep.rtf", () => `{\\rtf1 ${deep(1_000_000, "{", "x", "}")}}`],
  ["deep.eml", () => mailInMails(2000)],
  [
    "deep.docx",
    () => makeDocx(deep(100_000, "<w:sdt><w:sdtContent>", paragraph("x"), "</w:sdtContent></w:sdt>")),
  ],
  ["deep.epub", () => epub(`<html><body>${deep(100_000, "<div>", "x", "</div>")}</body></html>`)],
  [
    "deep.pptx",
    () => pptx(`<p:sld xmlns:p="p" xmlns:a="a">${deep(100_000, "<p:grpSp>", "", "</p:grpSp>")}</p:sld>`),
  ],
  [
    "deep.pdf",
    () =>
      assemblePdf([
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        aPage(4, 2, `/A ${deep(100_000, "[", "", "]")}`),
        stream,
      ]),
  ],
])("%s, deep in itself, is read or refused with what to do", { timeout: 120_000 }, async (name, make) => {
  const text = await read(make(), name);
  expect(text).not.toMatch(/stack|undefined|RangeError/);
});
