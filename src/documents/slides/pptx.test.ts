import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { pptxToText } from "./pptx";

const space = 'xmlns:a="a" xmlns:p="p" xmlns:r="r" xmlns:mc="mc" xmlns:c="c"';
const shape = (text: string, type = "", extra = "") =>
  `<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/><p:nvPr>${type === "-" ? "" : `<p:ph${type && ` type="${type}"`}/>`}</p:nvPr></p:nvSpPr><p:txBody>${text}</p:txBody>${extra}</p:sp>`;
const p = (text: string, properties = "") =>
  `<a:p><a:pPr ${properties}</a:pPr><a:r><a:t>${text}</a:t></a:r></a:p>`;
const line = (text: string, level = 0, bullet = "") => p(text, `lvl="${level}">${bullet}`);
const slide = (shapes: string, attributes = "") =>
  `<p:sld ${space} ${attributes}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`;
const rels = (...list: readonly (readonly [id: string, kind: string, target: string, mode?: string])[]) =>
  `<Relationships>${list.map(([id, kind, target, mode]) => `<Relationship Id="${id}" Type="x/${kind}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ""}/>`).join("")}</Relationships>`;

function makePptx(slides: readonly string[], parts: Readonly<Record<string, string>> = {}): Uint8Array {
  const files: Record<string, string> = {
    "_rels/.rels": rels(["r1", "officeDocument", "ppt/presentation.xml"]),
    "ppt/presentation.xml": `<p:presentation ${space}><p:sldIdLst>${slides.map((_, at) => `<p:sldId id="${256 + at}" r:id="s${at + 1}"/>`).join("")}</p:sldIdLst></p:presentation>`,
    // The show's order is not that of the names.
    "ppt/_rels/presentation.xml.rels": rels(
      ...slides.map((_, at) => [`s${at + 1}`, "slide", `slides/slide${slides.length - at}.xml`] as const),
    ),
    ...parts,
  };
  slides.forEach((xml, at) => (files[`ppt/slides/slide${slides.length - at}.xml`] = xml));
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, xml]) => [path, strToU8(xml)])));
}

const read = (bytes: Uint8Array) => pptxToText(bytes, "a.pptx");

describe("a presentation", () => {
  it("has digits raised and lowered that stand so", () => {
    const run = (text: string, baseline = 0) =>
      `<a:r><a:rPr baseline="${baseline}"/><a:t>${text}</a:t></a:r>`;
    const text = `<a:p>${run("10")}${run("6", 30000)}${run(" H")}${run("2", -25000)}${run("O")}</a:p>`;
    expect(read(makePptx([slide(shape(text, "-"))])).text).toContain("10⁶ H₂O");
    const cut = `${run("19")}${run("t", 30000)}${run("h", 30000)}<a:br><a:rPr baseline="30000"/></a:br>${run("2")}`;
    expect(read(makePptx([slide(shape(`<a:p>${cut}</a:p>`, "-"))])).text).toContain("19th\n2");
  });

  it("is read slide by slide in the order of the show: title, lists, tables, links and notes", () => {
    const table = `<p:graphicFrame><a:tbl>${[
      ["Name", "Price"],
      ["tea", "3"],
    ]
      .map(
        (row) =>
          `<a:tr>${row.map((cell) => `<a:tc><a:txBody>${line(cell)}</a:txBody></a:tc>`).join("")}</a:tr>`,
      )
      .join("")}</a:tbl></p:graphicFrame>`;
    const link = '<a:p><a:r><a:rPr><a:hlinkClick r:id="h"/></a:rPr><a:t>our site</a:t></a:r></a:p>';
    const first = slide(
      shape(line("first") + line("inner", 1) + line("plain", 0, "<a:buNone/>"), "body") +
        shape(line("Plan &amp; goals"), "title") +
        shape(line("3"), "sldNum") +
        table +
        shape(link, "-"),
    );
    const second = slide(
      shape(["one", "two"].map((text) => line(text, 0, '<a:buAutoNum type="arabicParenR"/>')).join(""), "-"),
      'show="0"',
    );
    const { text, unit, numbers, notes } = read(
      makePptx([first, second], {
        "ppt/slides/_rels/slide2.xml.rels": rels(
          ["h", "hyperlink", "https://example.org/a", "External"],
          ["n", "notesSlide", "../notesSlides/notesSlide1.xml"],
        ),
        "ppt/notesSlides/notesSlide1.xml": `<p:notes ${space}>${shape(line("Say hello."), "body")}${shape(line("1"), "sldNum")}</p:notes>`,
      }),
    );
    expect(text).toBe(
      "[Page 1]\n# Plan & goals\n\n- first\n  - inner\nplain\n\nName | Price\ntea | 3\n\n" +
        "[our site](https://example.org/a)\n\n[Notes: Say hello.]\n\n[Page 2]\n1) one\n2) two",
    );
    expect({ unit, numbers }).toEqual({ unit: "page", numbers: [1, 2] });
    expect(notes).toEqual([
      { kind: "info", sentence: "1 slide is hidden in the show and is read all the same.", numbers: [2] },
    ]);
  });

  it("has its charts as tables and its diagrams as lists, each once", () => {
    const points = (...values: readonly string[]) =>
      values.map((value, at) => `<c:pt idx="${at}"><c:v>${value}</c:v></c:pt>`).join("");
    const xml = slide(
      '<p:graphicFrame><c:chart r:id="c1"/></p:graphicFrame><p:graphicFrame><d:relIds r:dm="d1"/></p:graphicFrame>' +
        `<mc:AlternateContent><mc:Choice>${shape(line("new"), "-")}</mc:Choice><mc:Fallback>${shape(line("new"), "-")}</mc:Fallback></mc:AlternateContent>`,
    );
    const { text } = read(
      makePptx([xml], {
        "ppt/slides/_rels/slide1.xml.rels": rels(
          ["c1", "chart", "../charts/chart1.xml"],
          ["d1", "diagramData", "../diagrams/data1.xml"],
        ),
        "ppt/charts/chart1.xml": `<c:chartSpace ${space}><c:chart><c:title><a:t>Sales</a:t></c:title><c:ser><c:tx><c:v>Tea</c:v></c:tx><c:cat>${points("2023", "2024")}</c:cat><c:val>${points("4", "5.5")}</c:val></c:ser></c:chart></c:chartSpace>`,
        "ppt/diagrams/data1.xml": `<d:dataModel xmlns:a="a"><d:pt><a:p><a:r><a:t>Step one</a:t></a:r></a:p></d:pt><d:pt/><d:pt><a:t>Step two</a:t></d:pt></d:dataModel>`,
      }),
    );
    expect(text).toBe(
      "[Page 1]\n[Chart: Sales]\n | Tea\n2023 | 4\n2024 | 5.5\n\n- Step one\n- Step two\n\nnew",
    );
  });

  it("whose slides name themselves as their parts ends all the same", () => {
    const loop = slide('<p:graphicFrame><c:chart r:id="me"/></p:graphicFrame>' + shape(line("text"), "-"));
    const { text } = read(
      makePptx([loop], {
        "ppt/slides/_rels/slide1.xml.rels": rels(
          ["me", "chart", "slide1.xml"],
          ["n", "notesSlide", "slide1.xml"],
        ),
      }),
    );
    expect(text).toContain("[Page 1]\ntext");
  });

  it("without slides is refused with what to do, and so is a bomb", () => {
    expect(() => read(makePptx([]))).toThrow(/no slides/);
    const bomb = zipSync({ "ppt/slides/slide1.xml": new Uint8Array(9e6) });
    expect(() => pptxToText(bomb, "bomb.pptx", 4e6)).toThrow(/unpacks to more than 4\sMB/);
  });
});
