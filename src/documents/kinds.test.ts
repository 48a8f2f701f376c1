import { strToU8, zipSync } from "fflate";
import { expect, it } from "vitest";
import { makeOle } from "./office/make-ole";
import { readDocument } from "./read-document";
import { makeWorkbook, row } from "./spreadsheet/make-workbook";

const read = async (bytes: Uint8Array<ArrayBuffer> | string, name: string) =>
  (await readDocument({ kind: "file", file: new File([bytes], name), name })).document.text;
const zip = (files: Readonly<Record<string, string>>) =>
  Uint8Array.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))),
  );
const ole = (stream: string) => makeOle({ [stream]: new Uint8Array(5000) });

// The names say nothing: what a file is stands in its bytes.
it.each([
  ["a workbook", makeWorkbook([{ name: "S", rows: row(1, "cell") }]), "# S\n\ncell"],
  [
    "a text of OpenDocument",
    zip({
      mimetype: "application/vnd.oasis.opendocument.text",
      "content.xml": "<office:body><text:p>odt</text:p></office:body>",
    }),
    "odt",
  ],
  [
    "a book",
    zip({
      mimetype: "application/epub+zip",
      "a.opf": '<p><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></p>',
      "a.xhtml": "<p>epub</p>",
    }),
    "epub",
  ],
  ["rich text", "{\\rtf1 rtf\\par}", "rtf"],
  ["a notebook", '{"cells": [{"cell_type": "markdown", "source": "ipynb"}], "nbformat": 4}', "ipynb"],
  ["subtitles", "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nsrt\r\n", "[0:01] srt"],
  ["a mail", "From: a@b.c\r\nMIME-Version: 1.0\r\n\r\neml", "From: a@b.c\n\neml"],
  [
    "source code",
    "#include <stdio.h>\n\tint main() { return 0; }\n",
    "#include <stdio.h>\n\tint main() { return 0; }\n",
  ],
  [
    "LaTeX",
    "\\documentclass{article}\n% a comment\n\\begin{document}$x^2$\\end{document}\n",
    "\\documentclass{article}\n% a comment\n\\begin{document}$x^2$\\end{document}\n",
  ],
  ["a bibliography", "@book{knuth,\n  title = {TAOCP}\n}\n", "@book{knuth,\n  title = {TAOCP}\n}\n"],
  ["JSON with cells of its own", '{"cells": [1, 2]}', '{"cells": [1, 2]}'],
])("%s is read by its content, whatever its name", async (_, bytes, text) => {
  expect(await read(typeof bytes === "string" ? bytes : Uint8Array.from(bytes), "file.bin")).toBe(text);
});

it.each([
  ["an old Word document", ole("WordDocument"), /\.doc\)/, /\.docx/],
  ["old slides", ole("PowerPoint Document"), /\.ppt\)/, /\.pptx/],
  ["a document with a password", ole("EncryptedPackage"), /protected by a password/, /without a password/],
  [
    "a drawing of Visio",
    zip({ "[Content_Types].xml": '<a ContentType="application/vnd.ms-visio.drawing.main+xml"/>' }),
    /Visio/,
    /PDF/,
  ],
  [
    "a document of Pages",
    zip({ "Index/Document.iwa": "x" }),
    /Pages, Numbers or Keynote/,
    /Export it as PDF/,
  ],
])("%s is named, with what to do", async (_, bytes, message, hint) => {
  await expect(read(bytes, "file")).rejects.toMatchObject({
    message: expect.stringMatching(message) as string,
    hint: expect.stringMatching(hint) as string,
  });
});
