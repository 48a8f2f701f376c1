import { describe, expect, it } from "vitest";
import { docxToText } from "./docx";
import { item, makeDocx, paragraph, run } from "./make-docx";
import { formatNumber } from "./number-formats";

const level = (at: number, text: string, format = "decimal", more = "") =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
const abstract = (id: number, levels: string) =>
  `<w:abstractNum w:abstractNumId="${id}">${levels}</w:abstractNum>`;
const num = (id: number, abstractId: number, more = "") =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstractId}"/>${more}</w:num>`;
const labels = (body: string, numbering: string, styles = "") =>
  docxToText(makeDocx(body, { numbering, styles }), "a.docx")
    .text.split(/\n+/)
    .map((line) => line.replace(/ ?x$/, ""));

describe("numbers of paragraphs", () => {
  it("begin anew under each higher one", () => {
    const levels = level(0, "%1.") + level(1, "(%2)", "lowerLetter") + level(2, "%3)", "lowerRoman");
    const body = [0, 1, 1, 2, 2, 0, 1, 2].map((at) => item("x", 1, at)).join("");
    expect(labels(body, abstract(0, levels) + num(1, 0))).toEqual([
      ...["1.", "(a)", "(b)", "i)", "ii)", "2.", "(a)", "i)"],
    ]);
  });

  it("go on under a higher one where the level says so", () => {
    const levels =
      level(0, "Part %1", "upperRoman") + level(1, "§ %2", "decimal", '<w:lvlRestart w:val="0"/>');
    const body = [0, 1, 1, 0, 1].map((at) => item("x", 1, at)).join("");
    expect(labels(body, abstract(0, levels) + num(1, 0))).toEqual(["Part I", "§ 1", "§ 2", "Part II", "§ 3"]);
  });

  it("go on in a second list of the same kind, or start where that list says", () => {
    const start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>';
    const numbering = abstract(0, level(0, "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, start);
    const body = [1, 1, 2, 3, 3].map((id) => item("x", id)).join("");
    expect(labels(body, numbering)).toEqual(["1.", "2.", "3.", "5.", "6."]);
  });

  it("take the level that a list puts in place of the kind's own", () => {
    const own = `<w:lvlOverride w:ilvl="0">${level(0, "Clause %1:", "upperLetter")}</w:lvlOverride>`;
    expect(labels(item("x", 1) + item("x", 1), abstract(0, level(0, "%1.")) + num(1, 0, own))).toEqual([
      "Clause A:",
      "Clause B:",
    ]);
  });

  it("are digits in legal numbers", () => {
    const levels = level(0, "%1.", "upperRoman") + level(1, "%1.%2", "decimal", "<w:isLgl/>");
    expect(labels([0, 0, 1].map((at) => item("x", 1, at)).join(""), abstract(0, levels) + num(1, 0))).toEqual(
      [...["I.", "II.", "2.1"]],
    );
  });

  it("come from styles, by the style's level in the list, also from the style it is based on", () => {
    const levels =
      level(0, "Article %1.", "decimal", '<w:pStyle w:val="H1"/>') +
      level(1, "%1.%2", "decimal", '<w:pStyle w:val="H2"/>');
    const styles =
      '<w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>' +
      '<w:style w:styleId="Mine"><w:basedOn w:val="H1"/></w:style>';
    const body = ["H1", "H2", "H2", "Mine"]
      .map((id) => paragraph(run("x"), `<w:pStyle w:val="${id}"/>`))
      .join("");
    expect(labels(body, abstract(0, levels) + num(1, 0), styles)).toEqual([
      ...["# Article 1.", "## 1.1", "## 1.2", "# Article 2."],
    ]);
  });

  it("come from a list that names a style", () => {
    const numbering =
      `<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>` +
      abstract(1, level(0, "%1)")) +
      num(1, 0) +
      num(2, 1);
    const styles =
      '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>';
    expect(labels(item("x", 1) + item("x", 1), numbering, styles)).toEqual(["1)", "2)"]);
  });

  it("are bullets where the list has them, deeper ones further in", () => {
    const numbering = abstract(0, level(0, "\uf0b7", "bullet") + level(1, "o", "bullet")) + num(1, 0);
    expect(docxToText(makeDocx(item("a", 1) + item("b", 1, 1), { numbering }), "a.docx").text).toBe(
      "- a\n  - b",
    );
  });

  it("count an empty item, but not one that is taken out of its list", () => {
    const numbering = abstract(0, level(0, "%1.")) + num(1, 0);
    const body = item("x", 1) + item("", 1) + item("x", 0) + item("x", 1);
    expect(labels(body, numbering)).toEqual(["1.", "", "3."]);
  });
});

describe("formats of numbers", () => {
  it.each([
    ["upperRoman", 1994, "MCMXCIV"],
    ["lowerRoman", 4, "iv"],
    ["lowerLetter", 26, "z"],
    ["lowerLetter", 28, "bb"],
    ["upperLetter", 2e9, "2000000000"],
    ["decimalZero", 7, "07"],
    ["ordinal", 22, "22nd"],
    ["ordinal", 12, "12th"],
    ["chineseCounting", 11, "十一"],
    ["chineseCounting", 105, "一百〇五"],
    ["russianLower", 3, "в"],
    ["none", 3, ""],
    ["unheardOf", 3, "3"],
  ])("%s %i is %s", (format, value, expected) => {
    expect(formatNumber(value, format)).toBe(expected);
  });
});
