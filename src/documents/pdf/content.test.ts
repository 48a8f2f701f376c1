import { beforeAll, describe, expect, it } from "vitest";
import { assemblePdf, stream } from "../../testing/make-pdf";
import { readDocument } from "../read-document";
import { standInForDomMatrix } from "../../testing/dom-matrix";

beforeAll(standInForDomMatrix);

/** A page of lines, bold where they begin with "*", with annotations and objects of their own. */
async function read(
  lines: readonly string[],
  annotations: readonly string[] = [],
  objects: readonly string[] = [],
) {
  const shown = lines.map((line, at) => {
    const [font, text] = line.startsWith("*") ? ["B", line.slice(1)] : ["F", line];
    return `/${font} 10 Tf 1 0 0 1 72 ${700 - 14 * at} Tm (${text}) Tj`;
  });
  const file = assemblePdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 6 0 R /Annots [${annotations.join(" ")}] ` +
      "/Resources << /Font << /F 4 0 R /B 5 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    stream(`BT ${shown.join("\n")} ET`),
    ...objects,
  ]);
  const source = { kind: "file", file: new File([file], "a.pdf"), name: "a.pdf" } as const;
  const { document } = await readDocument(source);
  return document.text.replace(/^\[Page 1\]\n/, "");
}

const body = [
  "The tenant pays the rent on the first day of each month, to the",
  "account that the landlord names, and not in cash at the door of it.",
  "A bank that is closed on that day takes it on the next, and what",
  "comes later than a week is paid with the interest that is usual.",
];

describe("bold lines of the size of the text", () => {
  it("are headings where they stand over text", async () => {
    expect(await read(["*1 Rent", "", ...body, "", "*2 Repairs", "", ...body])).toBe(
      ["# 1 Rent", "", ...body, "", "# 2 Repairs", "", ...body].join("\n"),
    );
  });

  it.each([
    [
      "in the middle of a paragraph",
      [body[0]!, "*and not later than the third day of it", body[1]!, ...body],
    ],
    ["that end a sentence", ["*This is a warning.", "", ...body, ...body]],
    ["that name a figure", ["*Figure 3: rents by year", "", ...body, ...body]],
    ["that are most of the text", ["*A title", "", ...body.map((line) => `*${line}`), "", "plain words"]],
  ])("%s are none", async (_, lines) => {
    expect(await read(lines)).not.toMatch(/^#/m);
  });
});

describe("a link", () => {
  const link = (left: number, right: number, line: number, url: string) =>
    `<< /Type /Annot /Subtype /Link /Rect [${left} ${698 - 14 * line} ${right} ${710 - 14 * line}] /A << /S /URI /URI (${url}) >> >>`;
  // Widths are Helvetica's: "Read " has 25 points, "the rules" 40.
  it("keeps its target, whose words are found in the line", async () => {
    expect(
      await read(["Read the rules before you sign."], [link(97, 138, 0, "https://example.org/rules")]),
    ).toBe("Read [the rules](https://example.org/rules) before you sign.");
  });

  it("over two lines has it once, and one whose text is its address has none", async () => {
    const target = "https://example.org/rules";
    expect(
      await read(
        ["These are rules of the house", "that you sign. See example.org/rules"],
        [link(72, 300, 0, target), link(72, 131, 1, target), link(157, 300, 1, `${target}/`)],
      ),
    ).toBe("These are rules of the house\n[that you sign](https://example.org/rules). See example.org/rules");
  });

  it("to a script has no target", async () => {
    expect(await read(["Read the rules."], [link(72, 140, 0, "javascript:alert\\(1\\)")])).toBe(
      "Read the rules.",
    );
  });
});

describe("what is shown in the picture of an annotation only", () => {
  const picture = (text: string) => {
    const content = `BT /F 10 Tf 2 4 Td (${text}) Tj ET`;
    return (
      "<< /Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F 4 0 R >> >> " +
      `/Length ${content.length} >>\nstream\n${content}\nendstream`
    );
  };

  it.each([
    ["a button's caption", "/Subtype /Widget /FT /Btn /Ff 65536 /T (b)", "[Form fields]\nButton: Send it"],
    [
      "a signature",
      "/Subtype /Widget /FT /Sig /T (s) /V << /Type /Sig >>",
      "[Form fields]\nSignature: Send it",
    ],
    ["a stamp", "/Subtype /Stamp", "[Comments]\n- (stamp) Send it"],
  ])("is read: %s", async (_, kind, text) => {
    const annotation = `<< /Type /Annot ${kind} /F 4 /Rect [72 600 172 620] /AP << /N 7 0 R >> >>`;
    expect(await read([body[0]!], [annotation], [picture("Send it")])).toBe(`${body[0]}\n\n${text}`);
  });
});

it("a list of a form has its choices", async () => {
  const list = (flags: number, name: string) =>
    `<< /Type /Annot /Subtype /Widget /FT /Ch /Ff ${flags} /T (${name}) /V (red) /Opt [(red) (green) (blue)] /Rect [72 600 172 ${620 + flags / 1e6}] >>`;
  expect(await read([body[0]!], [list(0, "colour"), list(131_072, "shade")])).toContain(
    "[Form fields]\nshade: red (one of 3 choices)\ncolour: red (of: red, green, blue)",
  );
});
