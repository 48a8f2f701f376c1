import { strToU8, zipSync } from "fflate";
import { expect, it } from "vitest";
import { epubToText } from "./epub";

const book = (
  parts: Readonly<Record<string, string>>,
  spine = '<itemref idref="b"/><itemref idref="a"/><itemref idref="c" linear="no"/>',
) =>
  zipSync(
    Object.fromEntries(
      Object.entries({
        mimetype: "application/epub+zip",
        "META-INF/container.xml":
          '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": `<package xmlns:dc="dc"><metadata><dc:title>On Tea</dc:title><dc:creator>Li Wei</dc:creator><dc:creator>Ana</dc:creator></metadata><manifest><item id="a" href="text/two%20.xhtml"/><item id="b" href="one.xhtml"/><item id="c" href="ad.xhtml"/></manifest><spine>${spine}</spine></package>`,
        "OEBPS/one.xhtml":
          "<html><head><title>x</title></head><body><h1>First</h1><p>Green &amp; black.</p></body></html>",
        "OEBPS/text/two .xhtml": "<html><body><h1>Second</h1><p>Water first.</p></body></html>",
        "OEBPS/ad.xhtml": "<html><body>Buy!</body></html>",
        ...parts,
      }).map(([path, text]) => [path, strToU8(text)]),
    ),
  );

it("a book is read chapter by chapter in its own order, each a part, what is aside left out", () => {
  const { text, starts, unit } = epubToText(book({}), "a.epub");
  expect(text).toContain("On Tea\nLi Wei, Ana\n\n");
  expect(text.indexOf("# First")).toBeLessThan(text.indexOf("# Second"));
  expect(text).toContain("Green & black.");
  expect(text).not.toContain("Buy!");
  expect({ unit, parts: starts.length }).toEqual({ unit: "line", parts: 3 });
});

it("a book with chapters missing says how many", () => {
  const { notes } = epubToText(
    book({
      "OEBPS/book.opf":
        '<package><manifest><item id="a" href="one.xhtml"/><item id="b" href="gone.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
    }),
    "a.epub",
  );
  expect(notes.map(({ sentence }) => sentence)).toEqual([
    expect.stringContaining("1 chapter of the book is missing"),
  ]);
});

it("a protected book is refused with what to do, one whose fonts are scrambled is read", () => {
  const encrypted = (path: string) => ({
    "META-INF/encryption.xml": `<encryption><CipherReference URI="${path}"/></encryption>`,
  });
  expect(() => epubToText(book(encrypted("OEBPS/one.xhtml")), "a.epub")).toThrow(/DRM/);
  expect(epubToText(book(encrypted("OEBPS/fonts/a.otf")), "a.epub").text).toContain("Green");
});

it("a book whose order names one chapter a million times has it once", () => {
  const { text } = epubToText(book({}, '<itemref idref="b"/>'.repeat(100_000)), "a.epub");
  expect(text.match(/Green/g)).toHaveLength(1);
});
